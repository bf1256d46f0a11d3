// A player's or spectator's connection to a room: match, join, fly, come back by itself. Everything happens in poll() and as messages arrive.
import { Schema } from "./codec2/schema.js";
import { Flight } from "./flight.js";
import { Connection } from "./link/connection.js";
import { CloseReason, ControlKind, EventKind, LinkKind, finalReasons, unknownMargin } from "./link/kinds.js";
import { auth, closeMessage, connectRequest, readControl, readEvents, say } from "./link/messages.js";
import { Matchmaker, sessionOf } from "./match.js";
import { Prediction } from "./motion/prediction.js";
import { Quality } from "./quality.js";
import { RenderClock } from "./time/renderClock.js";
import { ServerClock } from "./time/serverClock.js";
import { RoomView } from "./view/roomView.js";

const silenceMs = 1000, joinMs = 5000, renewEveryMs = 5000, firstWaitMs = 250, longestWaitMs = 5000;

/** Where a client is on its way. */
export const State = { idle: "idle", matching: "matching", joining: "joining", inRoom: "inRoom", waiting: "waiting", ended: "ended" };

/**
 * Call {@link start}, then {@link poll} once per frame; draw what {@link place} says. Emits
 * "status" ({state, text, retryMs}), "event" (a room event whose tick the picture has reached), "chat" ({player, name, line}), and "session"
 * (the newest tokens of the sign-in, null when it is over: what a page keeps to come back as the same player).
 */
export class AetherisClient extends EventTarget {
  state = State.idle;
  room = "";
  player = "";
  view = new RoomView();
  quality = new Quality();
  clock = new ServerClock();
  renderClock = new RenderClock(this.clock);
  /** @type {Prediction | null} */
  prediction = null;
  /** Loss and delay for experiments, both ways; read for each message: change the fields, keep the object. */
  impairment = { loss: 0, latencyMs: 0, jitterMs: 0 };
  /** What the player holds. */
  intent = { x: 0, y: 0, fire: false };
  /** Bytes and messages over all connections. */
  traffic = { bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 };

  #wish;
  #spectate;
  #matchmaker;
  #world = null;
  #link = null;
  #linkUrl = "";
  #next = null;
  #flight = new Flight(this, (ship) => this.#joined(ship), () => this.#goOn());
  #connection = 0;
  #heardMs = 0;
  #deadlineMs = 0;
  #failures = 0;
  #wasInRoom = false;
  #isPaused = false;
  #renewAtMs = 0;
  #why = "";

  /** @param {string} http base URL of a gateway @param {{name: string, room?: string, spectate?: boolean, token?: string, session?: import("./match.js").Session}} options */
  constructor(http, { name, room, spectate = false, token = null, session = null }) {
    super();
    this.#wish = { ...(room ? { room } : {}), ...(spectate ? { spectate: true } : {}) };
    this.#spectate = spectate;
    this.#matchmaker = new Matchmaker(http, name, session ?? (token ? sessionOf({ token }) : null));
    this.#matchmaker.onSession = (detail) => this.dispatchEvent(new CustomEvent("session", { detail }));
  }

  get isSpectator() { return this.#spectate; }
  /** The access token, once signed in: for the server's other routes. */
  get token() { return this.#matchmaker.token; }
  /** Where the link leads, ws: or wss:; empty before the first. */
  get gateway() { return this.#linkUrl; }
  /** Share of state datagrams that never arrived. */
  get loss() { return this.#flight.loss; }
  /** GET /api/world. */
  get world() { return this.#world; }

  start() { if (this.state === State.idle || this.state === State.ended) this.#begin(); }

  /** Leaves for good: the ship goes, too. */
  leave() {
    if (this.#link?.isOpen) this.#link.send(closeMessage(CloseReason.quit, this.#connection));
    this.#end("You have left the room.");
  }

  /** Another of the server's routes, as this player. @throws {HttpProblem} */
  ask(path, method = "GET", body = undefined) { return this.#matchmaker.ask(path, method, body); }

  /** Asks for the mining beam to be switched, once. @param {number} asteroid network id */
  toggleMining(asteroid) { this.#flight.toggleMining(asteroid); }

  /** Says a line to everybody in the room. */
  say(line) { if (this.state === State.inRoom) this.#link.send(say(line)); }

  /** Where to draw an entity in this frame; null if that is not known. */
  place(entity) {
    return (entity.id === this.view.ship && this.prediction?.shown(this.clock.fraction, this.view)) || entity.trail.at(this.renderClock.tick);
  }

  /** Does everything that is due. Once per frame: @param {number} nowMs performance.now() */
  poll(nowMs) {
    this.#step(nowMs);
    this.renderClock.advance(nowMs);
    this.view.space.shownTick = this.renderClock.tick;
    this.prediction?.blend.advance(nowMs);
    for (const event of this.#flight.takeEvents(this.renderClock.tick)) {
      this.dispatchEvent(new CustomEvent("event", { detail: event }));
      if (event.kind === EventKind.despawned) this.view.despawn(event.entity);
    }
    this.view.release(this.renderClock.tick);
  }

  #step(nowMs) {
    if (this.state === State.waiting && nowMs >= this.#deadlineMs) this.#begin();
    if (this.state === State.joining && nowMs >= this.#deadlineMs) this.#lose("The room did not answer in time", nowMs, true);
    if (this.state !== State.inRoom) return;
    if (nowMs - this.#heardMs > silenceMs) {
      this.#lose("The gateway went silent", nowMs, true);
      return;
    }
    this.#flight.send(this.#link, nowMs);
    this.#renew(nowMs);
    this.prediction.reconcile(this.view);
  }

  /** A connection lives as long as its token: the next one is fetched in time and shown. A failure is tried again. */
  async #renew(nowMs) {
    if (nowMs < this.#renewAtMs || !this.#matchmaker.isRenewalDue) return;
    this.#renewAtMs = nowMs + renewEveryMs;
    try {
      await this.#matchmaker.renew();
      if (this.state === State.inRoom && this.token) this.#link.send(auth(this.token));
    } catch (problem) {
      // Until the token is over there is time; then the gateway says so.
      if (problem.status === undefined) throw problem;
    }
  }

  // Getting in.

  async #begin() {
    this.#enter(State.matching, this.#wasInRoom ? `${this.#why}. Looking for a way back…` : "Looking for a room…");
    try {
      this.#world ??= await this.#matchmaker.world();
      const match = await this.#matchmaker.match(this.#wish, performance.now());
      if (this.state !== State.matching) return;
      this.room = match.room;
      this.#deadlineMs = performance.now() + joinMs;
      this.#enter(State.joining, this.#wasInRoom ? `${this.#why}. Coming back to ${match.room}…` : `Joining ${match.room}…`);
      this.#linkUrl = match.ws;
      this.#link = this.#open(match);
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      if (this.state !== State.matching) return;
      // What the server refuses for good would be refused again.
      if ([400, 403, 404].includes(problem.status)) this.#end(problem.message);
      else this.#wait(problem.message, performance.now());
    }
  }

  #open(match) {
    const link = new Connection(match.ws, connectRequest(match.connectToken, { spectate: this.#spectate, chat: true }), this.impairment);
    link.traffic = this.traffic;
    link.onMessage = (message) => this.#receive(link, message);
    link.onClose = () => {
      if (link === this.#next) this.#next = null;
      else if (!this.#isBeingReplaced(link)) this.#lose("The connection was lost", performance.now(), true);
    };
    return link;
  }

  /** The way to another gateway is open: the room ends this connection, often before the other one says so. */
  #isBeingReplaced(link) { return link === this.#link && this.#next !== null; }

  #accept(link, message, nowMs) {
    if (link === this.#next) {
      // Only now is the old connection let go of; the room has replaced it by this one.
      this.#link.drop();
      this.#link = link;
      this.#next = null;
    } else if (this.state === State.inRoom) {
      // The room goes on in another epoch; the connection is the same.
      this.view.roomEpoch = message.roomEpoch;
      return;
    }
    this.#connection = message.connection;
    this.player = message.player;
    this.room = message.room;
    this.view.roomEpoch = message.roomEpoch;
    this.view.space.tickRate = message.tickRate;
    this.prediction ??= new Prediction(new Map(this.#world.types.filter((type) => type.body).map((type) => [type.number, type.body])));
    this.prediction.reset(message.tickRate);
    this.#flight.begin(message, new Schema(this.#world.schema, message.tickRate), nowMs);
    this.#isPaused = false;
  }

  #joined(ship) {
    this.view.ship = ship;
    this.#failures = 0;
    if (this.state === State.inRoom) return;
    if (this.#wasInRoom) this.quality.reconnects++;
    this.#wasInRoom = true;
    this.#enter(State.inRoom, "");
  }

  // Losing it.

  #lose(why, nowMs, isGatewaysFault) {
    if (this.state === State.inRoom) this.quality.disconnects++;
    if (isGatewaysFault) this.#matchmaker.avoid(this.#linkUrl, nowMs);
    this.#drop();
    this.#wait(why, nowMs);
  }

  #drop() {
    this.#link?.drop();
    this.#next?.drop();
    this.#link = this.#next = null;
    this.clock.stop();
  }

  #wait(why, nowMs) {
    const full = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(this.#failures++, 8));
    const wait = full * (1 - Math.random() / 2);
    this.#deadlineMs = nowMs + wait;
    this.#why = why;
    this.#enter(State.waiting, why, wait);
  }

  #end(why) {
    this.#drop();
    this.#enter(State.ended, why);
  }

  #enter(state, text, retryMs = 0) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("status", { detail: { state, text, retryMs } }));
  }

  /** The gateway sends its players on: the way there is prepared while this connection flies on. */
  async #redirect(host, port, nowMs) {
    this.#matchmaker.avoid(this.#linkUrl, nowMs);
    this.#matchmaker.want(host, port);
    if (this.state !== State.inRoom || this.#next) return;
    this.quality.redirects++;
    try {
      const match = await this.#matchmaker.match(this.#wish, performance.now());
      if (this.state !== State.inRoom) return;
      this.#linkUrl = match.ws;
      this.#next = this.#open(match);
    } catch {
      // This gateway still serves for a while; when it closes, the way back is the usual one.
    }
  }

  // Messages.

  #receive(link, message) {
    const nowMs = performance.now(), view = new DataView(message), kind = view.getUint8(0);
    if (link === this.#next && !(kind === LinkKind.control && view.byteLength > 1 && view.getUint8(1) === ControlKind.accept)) {
      link.drop();
      this.#next = null;
      return;
    }
    this.#heardMs = nowMs;
    if (kind === LinkKind.state) this.#flight.onState(message, nowMs);
    else if (kind === LinkKind.control) this.#onControl(link, readControl(view), nowMs);
    else if (kind === LinkKind.events) this.#flight.onEvents(readEvents(view), nowMs);
    else this.quality.malformed++;
    // A hidden page draws no frames: what is due is sent as messages arrive.
    if (this.state === State.inRoom) this.#flight.send(this.#link, performance.now());
  }

  #goOn() {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#enter(this.state, "");
  }

  #onControl(link, message, nowMs) {
    switch (message?.kind) {
      case ControlKind.accept: this.#accept(link, message, nowMs); break;
      case ControlKind.clock: this.#flight.onTick(message.tick, nowMs); break;
      case ControlKind.inputAck:
        this.#flight.onTick(message.tick, nowMs);
        this.#flight.onInputAck(message.tick, message.appliedTick, message.appliedCount, message.margin === unknownMargin ? null : message.margin / 1000, nowMs);
        break;
      case ControlKind.pause:
        this.clock.observePause();
        if (this.#isPaused || this.state !== State.inRoom) break;
        this.#isPaused = true;
        this.quality.pauses++;
        this.#enter(this.state, "The room is on the move…");
        break;
      case ControlKind.pong: this.quality.roundTripMs = Math.max(0, nowMs - message.stamp / 1000); break;
      case ControlKind.redirect: this.#redirect(message.host, message.port, nowMs); break;
      case ControlKind.chat: this.dispatchEvent(new CustomEvent("chat", { detail: message })); break;
      case ControlKind.reject:
      case ControlKind.close: if (!this.#isBeingReplaced(link)) this.#onClosed(message, nowMs); break;
      case undefined: this.quality.malformed++; break;
    }
  }

  #onClosed({ reason, text }, nowMs) {
    const why = text || "The gateway closed the connection";
    if (reason === CloseReason.badToken || reason === CloseReason.expiredToken) this.#matchmaker.forgetToken();
    if (finalReasons.has(reason)) this.#end(why);
    else this.#lose(why, nowMs, reason === CloseReason.goingAway);
  }
}
