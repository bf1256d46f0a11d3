// Aims inputs at the server's ticks: the server answers how early the newest input came, and the aim follows.

const wantedMargin = 2;
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
    this.#base = tick + wantedMargin + 2;
    this.#baseMs = nowMs;
  }

  /** The (fractional) tick an input sent now should name. */
  now(nowMs) { return this.#base + (nowMs - this.#baseMs) * this.#rate / 1000; }

  /** The server told how many ticks early (positive) the newest input arrived. */
  hear(tick, margin, nowMs) {
    const current = this.now(nowMs);
    const behindServer = tick - current > jumpTicks || current - tick > 2 * jumpTicks;
    this.#base = behindServer ? tick + wantedMargin + 2 : current + (wantedMargin - margin) * gain;
    this.#baseMs = nowMs;
  }
}
