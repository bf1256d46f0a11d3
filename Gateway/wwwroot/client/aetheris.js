// A client for browsers: sign in, match, connect over WebSocket, send inputs at tick rate, keep a view, come back by itself.
import * as link from "./link.js";
import { TargetClock } from "./clock.js";
import { RoomView } from "./view.js";

const redundancy = 4;
const silenceMs = 1000;
const longestWaitMs = 5000;
const unknownMargin = -(2 ** 31);
const renewWhenLeftMs = 60_000;

/** Emits "status" (detail: text) and "event" (detail: room event). Call {@link poll} once per frame. */
export class AetherisClient extends EventTarget {
  view = new RoomView();
  clock = new TargetClock();
  ship = 0;
  room = "";
  connected = false;
  stats = { bytes: 0, datagrams: 0, tick: 0, margin: 0 };

  #http;
  #wish;
  #name;
  #token = null;
  #tokenEnds = 0;
  #socket = null;
  #connection = 0;
  #roomEpoch = 0;
  #sequence = 0;
  #lastTarget = 0;
  #recent = [];
  #heardMs = 0;
  #retryAt = 0;
  #failures = 0;
  #closed = false;

  /** @param {string} http base URL of a gateway @param {{room?: string, name: string}} wish */
  constructor(http, { room, name }) {
    super();
    this.#http = http;
    this.#wish = room ? { room } : {};
    this.#name = name;
  }

  /** Sends inputs, notices silence, reconnects. @param {{x: number, y: number, buttons: number}} controls */
  poll(nowMs, controls) {
    if (this.#closed) return;
    if (!this.#socket) {
      if (nowMs >= this.#retryAt) this.#connect(nowMs);
      return;
    }
    if (this.connected && nowMs - this.#heardMs > silenceMs) {
      this.#lose("The server is silent", nowMs);
      return;
    }
    if (this.connected && this.ship) this.#sendInputs(nowMs, controls);
  }

  /** Leaves on purpose: the ship goes too. */
  quit() {
    this.#closed = true;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(link.quit(this.#connection));
      this.#socket.close();
    }
  }

  async #connect(nowMs) {
    this.#retryAt = Infinity;
    this.#status(this.#failures === 0 ? "Connecting…" : "Reconnecting…");
    try {
      if (!this.#token || Date.now() > this.#tokenEnds - renewWhenLeftMs) await this.#signIn();
      const match = await this.#post("/api/match", this.#wish);
      this.room = match.room;
      this.#open(match);
    } catch (problem) {
      if (problem.status === 401) this.#token = null;
      this.#later(problem.message, nowMs);
    }
  }

  async #signIn() {
    const answer = await this.#post("/api/auth/guest", { name: this.#name });
    this.#token = answer.token;
    this.#tokenEnds = Date.parse(answer.expiresAt);
  }

  async #post(path, body) {
    const headers = { "Content-Type": "application/json" };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    const response = await fetch(this.#http + path, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw Object.assign(new Error(answer.detail ?? answer.title ?? `HTTP ${response.status}`), { status: response.status });
  }

  #open(match) {
    const socket = new WebSocket(match.ws);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(link.connectRequest(match.connectToken));
    socket.onmessage = (message) => { if (this.#socket === socket) this.#receive(message.data); };
    socket.onclose = () => { if (this.#socket === socket) this.#lose("The connection was lost", performance.now()); };
    this.#socket = socket;
    this.#heardMs = performance.now();
  }

  #receive(buffer) {
    const nowMs = performance.now();
    this.#heardMs = nowMs;
    this.stats.bytes += buffer.byteLength;
    this.stats.datagrams++;
    const view = new DataView(buffer);
    switch (view.getUint8(0)) {
      case link.LinkKind.control: this.#control(link.readControl(view), nowMs); break;
      case link.LinkKind.codec1: this.view.applyCodec1(new Uint8Array(buffer, 1)); break;
      case link.LinkKind.events: this.#events(link.readEvents(view)); break;
    }
  }

  #control(message, nowMs) {
    switch (message.kind) {
      case link.ControlKind.accept:
        if (this.connected && message.connection === this.#connection) {
          // The room goes on in another epoch; the connection is the same.
          this.#enterEpoch(message.roomEpoch);
          break;
        }
        this.#connection = message.connection;
        this.#enterEpoch(message.roomEpoch);
        this.clock.start(message.tick, message.tickRate, nowMs);
        this.#sequence = 0;
        this.#lastTarget = 0;
        this.#recent = [];
        this.#failures = 0;
        this.connected = true;
        this.#status("");
        break;
      case link.ControlKind.inputAck:
        this.stats.tick = message.tick;
        if (message.margin !== unknownMargin) this.stats.margin = message.margin;
        this.clock.hear(message.tick, message.margin, nowMs);
        break;
      case link.ControlKind.pause: this.#status("The room is moving…"); break;
      case link.ControlKind.redirect: this.#lose("The server sends you to another gateway…", nowMs); break;
      case link.ControlKind.reject:
      case link.ControlKind.close:
        if (message.reason === link.CloseReason.badToken || message.reason === link.CloseReason.expiredToken) this.#token = null;
        this.#lose(message.text || "The server closed the connection", nowMs);
        break;
    }
  }

  #enterEpoch(roomEpoch) {
    if (roomEpoch === this.#roomEpoch) return;
    this.#roomEpoch = roomEpoch;
    this.view.clear();
  }

  #events(batch) {
    this.#enterEpoch(batch.roomEpoch);
    for (const event of batch.events) {
      if (event.kind === link.EventKind.despawned) this.view.despawn(event.entity);
      else if (event.kind === link.EventKind.possession || event.kind === link.EventKind.joined) this.ship = event.entity;
      this.dispatchEvent(new CustomEvent("event", { detail: event }));
    }
  }

  #sendInputs(nowMs, { x, y, buttons }) {
    const target = Math.floor(this.clock.now(nowMs));
    if (this.#lastTarget === 0 || target - this.#lastTarget > redundancy) this.#lastTarget = target - 1;
    if (target <= this.#lastTarget || this.#socket.readyState !== WebSocket.OPEN) return;
    while (this.#lastTarget < target) {
      this.#recent.unshift({ sequence: ++this.#sequence, targetTick: ++this.#lastTarget, x, y, buttons, viewDelay: 0 });
    }
    this.#recent.length = Math.min(this.#recent.length, redundancy);
    const near = this.#recent.filter((input) => target - input.targetTick < 200);
    this.#socket.send(link.inputPacket(near));
  }

  #lose(why, nowMs) {
    const socket = this.#socket;
    this.#socket = null;
    this.connected = false;
    socket?.close();
    this.#later(why, nowMs);
  }

  #later(why, nowMs) {
    this.#failures++;
    const wait = Math.min(longestWaitMs, 250 * 2 ** Math.min(this.#failures, 6)) * (0.5 + Math.random() / 2);
    this.#retryAt = nowMs + wait;
    this.#status(`${why}. Trying again…`);
  }

  #status(detail) { this.dispatchEvent(new CustomEvent("status", { detail })); }
}
