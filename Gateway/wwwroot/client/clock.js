// Aims inputs at the server's ticks: the server answers how early each input came, and the aim follows.

// Pages poll once per animation frame, so inputs leave up to a frame after they are due.
const wantedSlackMs = 20;
const unknown = -(2 ** 31);
const jumpTicks = 30;
const gain = 0.05;

/** An estimate of the target tick for an input sent now. */
export class TargetClock {
  #rate = 60;
  #base = 0;
  #baseMs = 0;

  /** @param {number} tick newest server tick @param {number} rate ticks per second */
  start(tick, rate, nowMs) {
    this.#rate = rate;
    this.#base = tick + 4;
    this.#baseMs = nowMs;
  }

  /** The (fractional) tick an input sent now should name. */
  now(nowMs) { return this.#base + (nowMs - this.#baseMs) * this.#rate / 1000; }

  /** The server told how many microseconds before its tick's frame (positive) the newest applied input arrived. */
  hear(tick, marginMicros, nowMs) {
    const current = this.now(nowMs);
    const behindServer = tick - current > jumpTicks || current - tick > 2 * jumpTicks;
    const missing = marginMicros === unknown ? 0 : (wantedSlackMs - marginMicros / 1000) * this.#rate / 1000;
    this.#base = behindServer ? tick + 4 : current + missing * gain;
    this.#baseMs = nowMs;
  }
}
