// The one line that says what is going on when it is not simply flying.
import { State } from "../client/index.js";

const byId = (id) => document.getElementById(id);

/** Shows the client's states and short notes. */
export class Status {
  #retryAt = 0;
  #text = "";
  #noteEnds = 0;
  #note = "";
  #state = State.idle;

  /** @param {() => void} again what the button does when it is over */
  constructor(again) { byId("again").addEventListener("click", again); }

  /** The client says where it is. */
  show({ state, text, retryMs }) {
    this.#state = state;
    this.#text = text;
    this.#retryAt = retryMs ? performance.now() + retryMs : 0;
    this.update(performance.now());
  }

  /** A word for a moment. */
  note(text, ms = 2500) {
    this.#note = text;
    this.#noteEnds = performance.now() + ms;
  }

  update(nowMs) {
    const isNote = !this.#text && nowMs < this.#noteEnds;
    const left = Math.max(0, (this.#retryAt - nowMs) / 1000);
    const text = isNote ? this.#note : this.#retryAt ? `${this.#text}. Trying again ${left > 0.05 ? `in ${left.toFixed(1)} s` : "now"}…` : this.#text;
    const box = byId("status");
    if (byId("status-text").textContent !== text) byId("status-text").textContent = text;
    box.hidden = text === "";
    box.classList.toggle("quiet", isNote || this.#state === State.ended);
    byId("again").hidden = this.#state !== State.ended;
  }
}
