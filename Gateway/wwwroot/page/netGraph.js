// F3: what the connection does, in figures and as a graph of the last seconds.
import { palette } from "./palette.js";

const mostMs = 100;
const byId = (id) => document.getElementById(id);
const ms = (value) => `${value.toFixed(1)} ms`;
const pair = (recent) => `${recent.percentile(0.5).toFixed(1)} / ${ms(recent.percentile(0.99))}`;

/** The panel `net`. */
export class NetGraph {
  #context = byId("net-graph").getContext("2d");
  #list = byId("net-figures");
  #rows = new Map();
  #last = { at: 0, bytesIn: 0, bytesOut: 0, messagesIn: 0 };
  #rate = { down: 0, up: 0, messages: 0 };

  get isOpen() { return !byId("net").hidden; }

  /** @param {import("../client/index.js").AetherisClient} client @param {{work: object, interval: object}} frames times of frames, ms */
  update(client, frames, nowMs) {
    this.#measure(client.traffic, nowMs);
    if (!this.isOpen) return;
    const { quality, clock, renderClock, prediction } = client;
    this.#set("Tick", `${client.view.newestTick}`);
    this.#set("Echo p50 / p99", pair(quality.echo));
    this.#set("Between ticks p50 / p99", pair(quality.gap));
    this.#set("Round trip", ms(quality.roundTripMs));
    this.#set("Loss", `${(client.loss * 100).toFixed(1)} %`);
    this.#set("Down / up", `${this.#rate.down.toFixed(1)} / ${this.#rate.up.toFixed(1)} KB/s`);
    this.#set("Messages", `${this.#rate.messages.toFixed(0)} /s`);
    this.#set("Mispredictions", prediction ? `${prediction.mispredictions} of ${prediction.compared}` : "–");
    this.#set("Buffer / jitter", `${renderClock.delayTicks.toFixed(1)} ticks / ${ms(renderClock.jitterMs)}`);
    this.#set("Inputs early by", `${ms(clock.marginMs)} (aim ${ms(clock.wantedMarginMs)})`);
    this.#set("Frame work p50 / p99", pair(frames.work));
    this.#draw(quality);
  }

  #measure(traffic, nowMs) {
    const seconds = (nowMs - this.#last.at) / 1000;
    if (seconds < 1) return;
    this.#rate = {
      down: (traffic.bytesIn - this.#last.bytesIn) / 1000 / seconds, up: (traffic.bytesOut - this.#last.bytesOut) / 1000 / seconds,
      messages: (traffic.messagesIn - this.#last.messagesIn) / seconds,
    };
    this.#last = { at: nowMs, ...traffic };
  }

  #set(name, value) {
    let cell = this.#rows.get(name);
    if (!cell) {
      const term = document.createElement("dt");
      term.textContent = name;
      this.#list.append(term, cell = document.createElement("dd"));
      this.#rows.set(name, cell);
    }
    if (cell.textContent !== value) cell.textContent = value;
  }

  #draw(quality) {
    const context = this.#context, { width, height } = context.canvas, y = (ms) => height - (Math.min(mostMs, ms) / mostMs) * height;
    context.clearRect(0, 0, width, height);
    context.font = "600 20px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = "rgb(160 184 240 / 25%)";
    context.beginPath();
    for (const at of [16.7, 50]) {
      context.moveTo(0, y(at));
      context.lineTo(width, y(at));
    }
    context.stroke();
    context.lineWidth = 2.5;
    // Dashes tell them apart for whom colours do not.
    const lines = [["ticks", quality.gap, palette.pilot, []], ["echo", quality.echo, palette.own, [7, 4]]];
    for (const [, recent, colour, dash] of lines) {
      const values = recent.list();
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      values.forEach((value, i) => context.lineTo(width - (values.length - i) * (width / 240), y(value)));
      context.stroke();
    }
    context.fillStyle = palette.dim;
    for (const at of [16.7, 50]) context.fillText(`${at} ms`, 6, y(at) - 7);
    let left = width - 200;
    for (const [name, , colour, dash] of lines) {
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(left, 20);
      context.lineTo(left + 30, 20);
      context.stroke();
      context.fillText(name, left + 38, 27);
      left += 104;
    }
    context.setLineDash([]);
  }
}
