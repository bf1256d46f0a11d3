// Which server tick to show: late enough that it has arrived, and no later. Client/Time/RenderClock.cs again.

const maxDelayTicks = 12, maxSlew = 0.1, gain = 0.1, jumpTicks = 30, rise = 0.25, fall = 0.01, smoothing = 0.05;

/** Runs by itself, up to 10 % fast or slow, behind the estimate of the tick whose messages arrive now. */
export class RenderClock {
  /** The tick to show, with a fraction. */
  tick = 0;
  /** Ticks behind the newest that could have arrived: the buffer. */
  delayTicks = 1.5;
  /** Mean deviation of arrivals, ms. */
  jitterMs = 0;
  frames = 0;
  /** Frames for which nothing had arrived yet. */
  lateFrames = 0;
  #server;
  #lastMs = 0;
  #newest = 0;
  #meanNeed = 1;

  /** @param {import("./serverClock.js").ServerClock} server */
  constructor(server) { this.#server = server; }

  /** A new connection. */
  reset() {
    this.tick = this.#newest = 0;
    this.#meanNeed = 1;
    this.delayTicks = 1.5;
  }

  /** A tick newer than all before arrived. */
  observeArrival(nowMs, tick) {
    if (this.#newest !== 0) {
      const need = Math.min(maxDelayTicks, Math.max(0, this.#server.viewTick(nowMs) - this.#newest));
      this.delayTicks += need > this.delayTicks ? (need - this.delayTicks) * rise : -fall * Math.min(1, this.delayTicks - need);
      this.jitterMs += ((Math.abs(need - this.#meanNeed) * 1000) / this.#server.tickRate - this.jitterMs) * smoothing;
      this.#meanNeed += (need - this.#meanNeed) * smoothing;
    }
    this.#newest = tick;
  }

  /** Advances; once per frame. */
  advance(nowMs) {
    const elapsed = (Math.max(0, nowMs - this.#lastMs) * this.#server.tickRate) / 1000;
    this.#lastMs = nowMs;
    if (this.#newest === 0) return;
    // A room that stands still is shown where it stands.
    const wanted = Math.min(this.#server.viewTick(nowMs), this.#newest + maxDelayTicks) - this.delayTicks;
    const error = wanted - this.tick;
    if (this.tick === 0 || Math.abs(error) > jumpTicks) this.tick = Math.max(0, wanted);
    else this.tick += Math.max(0, elapsed * (1 + Math.max(-maxSlew, Math.min(maxSlew, (error - elapsed) * gain))));
    this.frames++;
    if (this.tick > this.#newest) this.lateFrames++;
  }
}
