// The received motion of one entity in the last ticks, and what lies between and after: Client/View/Motion/MotionTrail.cs again.
import { angle, shortest, wrap } from "./torus.js";

const depth = 16, maxExtrapolationTicks = 8, blendTicks = 6, maxBlendMetres = 8, maxSpanTicks = 8;

/** From 0 to a distance with given slopes at both ends (Hermite). */
function cubic(distance, slope0, slope1, t) {
  const t2 = t * t, t3 = t2 * t;
  return (t3 - 2 * t2 + t) * slope0 + (3 * t2 - 2 * t3) * distance + (t3 - t2) * slope1;
}

/** What all trails of a view share. */
export class TrailSpace {
  shownTick = 0;
  tickRate = 60;
  bounds = { minX: -250, minY: -250, maxX: 250, maxY: 250 };
  get width() { return this.bounds.maxX - this.bounds.minX; }
  get height() { return this.bounds.maxY - this.bounds.minY; }
}

/** A cubic between two samples; after the last one its motion, faded out. What contradicts the picture moves it over a few ticks. */
export class Trail {
  #samples = [];
  #blend = null;
  #space;

  /** @param {TrailSpace} space */
  constructor(space) { this.#space = space; }

  get newest() { return this.#samples.at(-1); }

  /** A state was received; older ones than the newest are ignored, one of the same tick replaces it. */
  add(tick, x, y, vx, vy, rotation) {
    const last = this.newest, sample = { tick, x, y, vx, vy, rotation }, shown = this.#space.shownTick;
    if (last && tick < last.tick) return;
    if (last && tick === last.tick) {
      this.#samples[this.#samples.length - 1] = sample;
      return;
    }
    const wasMadeUp = last && shown > last.tick;
    const before = wasMadeUp && this.at(shown);
    this.#samples.push(sample);
    if (this.#samples.length > depth) this.#samples.shift();
    if (!wasMadeUp) return;
    this.#blend = null;
    const after = this.at(shown);
    const dx = shortest(before.x - after.x, this.#space.width), dy = shortest(before.y - after.y, this.#space.height);
    if (dx * dx + dy * dy <= maxBlendMetres ** 2) this.#blend = { from: shown, dx, dy, rotation: angle(before.rotation - after.rotation) };
  }

  /** Place and rotation at a tick; null if nothing was received. */
  at(tick) {
    const samples = this.#samples, space = this.#space;
    if (samples.length === 0) return null;
    let next = samples.length;
    while (next > 0 && samples[next - 1].tick > tick) next--;
    const place = next === 0 ? samples[0] : next === samples.length ? this.#extrapolate(tick) : this.#interpolate(samples[next - 1], samples[next], tick);
    const weight = this.#blend ? Math.min(1, Math.max(0, 1 - (tick - this.#blend.from) / blendTicks)) : 0;
    const dx = weight ? this.#blend.dx * weight : 0, dy = weight ? this.#blend.dy * weight : 0, turn = weight ? this.#blend.rotation * weight : 0;
    return {
      x: wrap(place.x + dx, space.bounds.minX, space.width), y: wrap(place.y + dy, space.bounds.minY, space.height), rotation: angle(place.rotation + turn),
    };
  }

  #interpolate(a, b, tick) {
    const space = this.#space;
    const from = b.tick - a.tick > maxSpanTicks ? b.tick - (a.vx === 0 && a.vy === 0 ? 1 : maxSpanTicks) : a.tick;
    const span = b.tick - from, t = Math.max(0, Math.min(1, (tick - from) / span)), seconds = span / space.tickRate;
    const dx = shortest(b.x - a.x, space.width), dy = shortest(b.y - a.y, space.height);
    const reach = (Math.max(Math.abs(a.vx), Math.abs(b.vx)) + Math.max(Math.abs(a.vy), Math.abs(b.vy))) * seconds;
    // A teleport is not flown.
    if (dx * dx + dy * dy > 4 * (reach + 2) ** 2) return t < 1 ? a : b;
    return {
      x: a.x + cubic(dx, a.vx * seconds, b.vx * seconds, t), y: a.y + cubic(dy, a.vy * seconds, b.vy * seconds, t),
      rotation: a.rotation + angle(b.rotation - a.rotation) * t,
    };
  }

  #extrapolate(tick) {
    const last = this.newest, before = this.#samples.at(-2);
    const n = Math.min(maxExtrapolationTicks, Math.max(0, tick - last.tick)), dt = 1 / this.#space.tickRate;
    // Speed fades linearly to nothing: these are the integrals of it and of it times time.
    const way = (n - (n * n) / (2 * maxExtrapolationTicks)) * dt, gained = ((n * n) / 2 - (n * n * n) / (3 * maxExtrapolationTicks)) * dt;
    const ticks = before ? last.tick - before.tick : 0, near = ticks > 0 && ticks <= maxSpanTicks;
    const ax = near ? (last.vx - before.vx) / ticks : 0, ay = near ? (last.vy - before.vy) / ticks : 0;
    return { x: last.x + last.vx * way + ax * gained, y: last.y + last.vy * way + ay * gained, rotation: last.rotation };
  }
}
