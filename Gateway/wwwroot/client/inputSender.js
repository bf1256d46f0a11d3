// Numbers inputs and packs each with its predecessors, so that a lost packet costs nothing.
import { inputPacket } from "./link/messages.js";

const redundancy = 4;
const kept = 256;

/** Sequences from 1 without gaps, target ticks strictly rising. */
export class InputSender {
  sequence = 0;
  #newestFirst = [];
  #unanswered = [];

  /** A new connection. */
  reset() {
    this.sequence = 0;
    this.#newestFirst = [];
    this.#unanswered = [];
  }

  /** The packet with a new input. @param {object} input without its sequence @param {object | null} acks */
  pack(input, acks, nowMs) {
    this.#newestFirst.unshift({ ...input, sequence: ++this.sequence });
    this.#newestFirst.length = Math.min(this.#newestFirst.length, redundancy);
    this.#unanswered.push({ tick: input.targetTick, sentMs: nowMs });
    if (this.#unanswered.length > kept) this.#unanswered.shift();
    return inputPacket(this.#newestFirst.filter(({ targetTick }) => input.targetTick - targetTick < 200), acks);
  }

  /** Everything up to a target tick has acted. @param {(echoMs: number) => void} note */
  onApplied(appliedTick, nowMs, note) {
    while (this.#unanswered.length && this.#unanswered[0].tick <= appliedTick) note(nowMs - this.#unanswered.shift().sentMs);
  }
}
