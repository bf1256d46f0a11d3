// F2: makes the own network worse, moves the room to another silo, kills the silo, and shows that the ship goes on.

const byId = (id) => document.getElementById(id);
const lookEveryMs = 2000;

/** The panel `chaos`; hidden from whoever may do none of it. */
export class Chaos {
  #client = null;
  #me = null;
  #place = null;
  #worst = { frame: 0, tick: 0 };
  #wasOpen = false;

  constructor() {
    this.#slider("loss", (value) => ({ loss: value / 100 }), "%");
    this.#slider("latency", (value) => ({ latencyMs: value }), "ms");
    this.#slider("jitter", (value) => ({ jitterMs: value }), "ms");
    byId("move-room").addEventListener("click", () => this.#move());
    byId("kill-silo").addEventListener("click", () => this.#kill());
    setInterval(() => this.#look(), lookEveryMs);
  }

  get isOpen() { return !byId("chaos").hidden; }

  /** Another connection, or its first. Asks what its player may do. @returns {Promise<boolean>} whether the panel is theirs */
  async attach(client) {
    this.#client = client;
    Object.assign(client.impairment, this.#settings);
    this.#me ??= await client.ask("/api/me").catch(() => null);
    byId("cluster-chaos").hidden = !this.#me?.mayMoveRooms;
    byId("kill-silo").hidden = !this.#me?.mayKillSilos;
    return !!this.#me?.mayMoveRooms;
  }

  /** Times of this frame, ms. */
  note(frameMs, tickMs) {
    if (this.isOpen && !this.#wasOpen) this.reset();
    this.#wasOpen = this.isOpen;
    this.#worst.frame = Math.max(this.#worst.frame, frameMs);
    this.#worst.tick = Math.max(this.#worst.tick, tickMs);
  }

  /** Forgets the worst times. */
  reset() { this.#worst = { frame: 0, tick: 0 }; }

  get worst() { return this.#worst; }

  update() {
    if (!this.isOpen || !this.#client) return;
    const { quality, prediction } = this.#client;
    byId("smooth").replaceChildren(...[
      ["Longest frame", `${this.#worst.frame.toFixed(0)} ms`], ["Longest gap between ticks", `${this.#worst.tick.toFixed(0)} ms`],
      ["Reconnects", `${quality.reconnects}`], ["Mispredictions", `${prediction?.mispredictions ?? 0}`],
    ].flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  }

  #settings = {};

  #slider(id, settings, unit) {
    byId(id).addEventListener("input", ({ target }) => {
      target.nextElementSibling.value = `${target.value} ${unit}`;
      Object.assign(this.#settings, settings(Number(target.value)));
      if (this.#client) Object.assign(this.#client.impairment, this.#settings);
    });
  }

  async #look() {
    if (!this.isOpen || !this.#me?.mayMoveRooms || !this.#client?.room || document.hidden) return;
    this.#place = await this.#client.ask(`/api/chaos/rooms/${this.#client.room}`).catch(() => null);
    const others = this.#place?.others ?? [];
    byId("silo").textContent = this.#place ? `This room is on ${this.#place.silo}; ${others.length ? `others: ${others.join(", ")}` : "there is no other silo"}.` : "";
    byId("move-room").disabled = byId("kill-silo").disabled = others.length === 0;
  }

  async #move() {
    byId("move-room").disabled = true;
    this.reset();
    await this.#try(async () => {
      const move = await this.#client.ask(`/api/chaos/rooms/${this.#client.room}/move`, "POST");
      return `Moved from ${move.from} to ${move.to}: ${move.gapMs.toFixed(0)} ms between two ticks.`;
    });
    await this.#look();
  }

  async #kill() {
    if (!this.#place || !confirm(`Kill silo ${this.#place.silo}? It ends without a goodbye; its rooms come back on another silo.`)) return;
    this.reset();
    await this.#try(async () => {
      await this.#client.ask(`/api/chaos/silos/${this.#place.silo}/kill`, "POST");
      return `Killed ${this.#place.silo}.`;
    });
  }

  async #try(act) {
    try {
      byId("chaos-news").textContent = await act();
    } catch (problem) {
      byId("chaos-news").textContent = problem.message;
    }
  }
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
