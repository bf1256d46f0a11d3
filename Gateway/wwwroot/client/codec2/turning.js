// Rotation in integers (docs/protocol/codec2.md §4.5).

const arcs = Array.from({ length: 65 }, (_, i) => Math.round((2 ** 20 * Math.atan(i / 64)) / (2 * Math.PI)));
const turnBits = 65535;

/** Direction of a vector in 2^-16 turns. */
export function course(vx, vy) {
  const ax = Math.abs(vx), ay = Math.abs(vy), larger = Math.max(ax, ay);
  const q = larger === 0 ? 0 : Math.floor((65536 * Math.min(ax, ay)) / larger), i = q >> 10;
  const t = i === 64 ? arcs[64] : arcs[i] + (((arcs[i + 1] - arcs[i]) * (q & 1023) + 512) >> 10);
  let angle = (t + 8) >> 4;
  if (ay > ax) angle = 16384 - angle;
  if (vx < 0) angle = 32768 - angle;
  return (vy < 0 ? -angle : angle) & turnBits;
}

/** Rotation after some ticks of turning into the course of a velocity. */
export class Turning {
  rotation = 0;
  /** 1: the course was not reached yet. */
  turning = 0;

  /** @param {{turnStep: number}} type @param {number} rotation in 2^-16 turns */
  turn(type, rotation, vx, vy, ticks) {
    this.rotation = rotation;
    this.turning = 0;
    if (vx * vx + vy * vy < 3) return;
    const to = course(vx, vy), d = ((to - rotation + 32768) & turnBits) - 32768, most = type.turnStep * ticks;
    this.turning = Math.abs(d) > most ? 1 : 0;
    this.rotation = this.turning ? (rotation + (d > 0 ? most : -most)) & turnBits : to;
  }

  /** The rotation in 1/1024 turns. */
  get r() { return ((this.rotation + 32) >> 6) & 1023; }
}
