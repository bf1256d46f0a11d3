// Figures of the connection, for a net graph and for tests.

const kept = 240;

/** The last values of something; percentiles on demand. */
export class Recent {
  #values = [];
  #next = 0;
  count = 0;
  largest = 0;

  add(value) {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % kept;
    this.count++;
    this.largest = Math.max(this.largest, value);
  }

  /** The values, oldest first. */
  list() { return this.#values.length < kept ? [...this.#values] : [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)]; }

  /** @param {number} share such as 0.5 */
  percentile(share) {
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : 0;
  }
}

/** What a client measures. Times in ms. */
export class Quality {
  /** From sending an input to the state that shows it. */
  echo = new Recent();
  /** Between server ticks as they arrive. */
  gap = new Recent();
  roundTripMs = 0;
  reconnects = 0;
  disconnects = 0;
  redirects = 0;
  /** Times that the room stood still for a move or a recovery. */
  pauses = 0;
  undecoded = 0;
  malformed = 0;
  #tickAt = 0;

  seeTick(nowMs) {
    if (this.#tickAt) this.gap.add(nowMs - this.#tickAt);
    this.#tickAt = nowMs;
  }

  /** Time without a connection is no gap between ticks. */
  skipGap() { this.#tickAt = 0; }
}
