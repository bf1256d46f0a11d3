// A bad network on purpose, between the client and its WebSocket: what would be a datagram on UDP is lost and delayed as one.

const retransmitMs = 60;

/** One direction. Unreliable messages may disappear and overtake each other; reliable ones come late instead, and in order. */
export class ImpairedDirection {
  #settings;
  #deliver;
  #random;
  #lastDue = 0;
  #timers = new Set();
  seen = 0;
  dropped = 0;

  /** @param {{loss: number, latencyMs: number, jitterMs: number}} settings read for each message @param {(message: ArrayBuffer) => void} deliver */
  constructor(settings, deliver, random = Math.random) {
    this.#settings = settings;
    this.#deliver = deliver;
    this.#random = random;
  }

  /** Takes a message from its sender. */
  offer(message, reliable, nowMs) {
    const { loss, latencyMs, jitterMs } = this.#settings;
    this.seen++;
    if (!loss && !latencyMs && !jitterMs && this.#timers.size === 0) {
      this.#deliver(message);
      return;
    }
    const lost = this.#random() < loss;
    if (lost && !reliable) {
      this.dropped++;
      return;
    }
    let delay = Math.max(0, latencyMs + (this.#random() * 2 - 1) * jitterMs);
    if (lost) delay += 2 * latencyMs + retransmitMs;
    if (reliable) {
      this.#lastDue = Math.max(this.#lastDue, nowMs + delay);
      delay = this.#lastDue - nowMs;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#deliver(message);
    }, delay);
    this.#timers.add(timer);
  }

  /** What is on its way never arrives. */
  stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
