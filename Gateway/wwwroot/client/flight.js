// What a client does while a room has it: takes state and events, keeps the clocks, sends inputs and acknowledgements.
import { Receiver } from "./codec2/receiver.js";
import { InputSender } from "./inputSender.js";
import { Buttons, EventKind } from "./link/kinds.js";
import { inputPacket, ping } from "./link/messages.js";

const pingEveryMs = 1000, ackTicks = 3, mostTargetsPerPoll = 16, noMargin = -32768;

/** One per client; {@link begin} starts it over with each connection. */
export class Flight {
  #client;
  #onJoined;
  #onTick;
  #receiver = null;
  #inputs = new InputSender();
  #waiting = [];
  #connection = 0;
  #appliedCount = 0;
  #ackTick = 0;
  #ackedTick = 0;
  #pingAtMs = 0;
  #toggleMining = 0;

  /**
   * @param {import("./client.js").AetherisClient} client whose view, clocks, prediction and figures it keeps
   * @param {(ship: number) => void} onJoined the room let the player in @param {() => void} onTick the room went on
   */
  constructor(client, onJoined, onTick) {
    this.#client = client;
    this.#onJoined = onJoined;
    this.#onTick = onTick;
  }

  /** Share of state datagrams that never arrived. */
  get loss() { return this.#receiver?.acks.loss ?? 0; }

  /** A gateway accepted the connection. @param {object} accept its message @param {import("./codec2/schema.js").Schema} schema */
  begin({ connection, tick, tickRate }, schema, nowMs) {
    const { clock, renderClock, quality, view } = this.#client;
    this.#connection = connection;
    this.#receiver = new Receiver(schema, view);
    renderClock.reset();
    clock.start(nowMs, tick, tickRate, quality.roundTripMs);
    this.#inputs.reset();
    this.#waiting = [];
    this.#ackTick = this.#ackedTick = this.#appliedCount = 0;
    this.#pingAtMs = nowMs;
    quality.skipGap();
  }

  /** Asks for the mining beam to be switched, once. @param {number} asteroid network id */
  toggleMining(asteroid) { this.#toggleMining = asteroid; }

  /** The events that the picture has reached, oldest first. @param {number} shownTick */
  *takeEvents(shownTick) {
    while (this.#waiting.length && this.#waiting[0].tick <= shownTick) yield this.#waiting.shift();
  }

  // What the room says.

  onState(message, nowMs) {
    const { clock, quality } = this.#client;
    const head = this.#receiver?.receive(new Uint8Array(message), clock.newestTick, this.#appliedCount);
    if (!head) {
      quality.undecoded++;
      return;
    }
    this.onTick(head.tick, nowMs);
    if (head.hasStatus) this.onInputAck(head.tick, head.appliedTick, this.#countOf(head), head.margin === noMargin ? null : head.margin / 4, nowMs);
  }

  onTick(tick, nowMs) {
    const { clock, quality, renderClock } = this.#client;
    if (!clock.isRunning || !clock.observeTick(nowMs, tick)) return;
    quality.seeTick(nowMs);
    renderClock.observeArrival(nowMs, tick);
    this.#onTick();
  }

  onInputAck(tick, appliedTick, count, marginMs, nowMs) {
    const { clock, quality } = this.#client;
    this.#inputs.onApplied(appliedTick, nowMs, (echo) => quality.echo.add(echo));
    if (tick <= this.#ackTick) return;
    this.#ackTick = tick;
    this.#appliedCount = count;
    if (count > 0) clock.observeAck(nowMs, tick, appliedTick, marginMs);
  }

  onEvents(batch, nowMs) {
    const { quality, view, player } = this.#client;
    if (!batch) {
      quality.malformed++;
      return;
    }
    if (batch.roomEpoch < view.roomEpoch) return;
    view.roomEpoch = batch.roomEpoch;
    for (const event of batch.events) {
      this.#waiting.push(event);
      if (event.to === player && (event.connection === 0 || event.connection === this.#connection)) this.#onOwnEvent(event, nowMs);
    }
  }

  #onOwnEvent(event, nowMs) {
    const { clock, view } = this.#client;
    switch (event.kind) {
      case EventKind.joined:
        this.#possess(event);
        this.#onJoined(event.entity);
        break;
      case EventKind.possession: if (event.entity !== view.ship) this.#possess(event); break;
      case EventKind.inputRejected: clock.observeRejection(nowMs, event.amount); break;
    }
  }

  /** A ship, at first or after a death: its count starts over. */
  #possess(event) {
    this.#appliedCount = 0;
    this.#client.view.ship = event.entity;
    this.#receiver?.onPossession(event.tick);
  }

  /** The low bits of a count that has just started over may look like a larger one; no more can be applied than were sent. */
  #countOf(head) {
    let count = head.appliedCount;
    while (count >= 65536 && count > this.#inputs.sequence) count -= 65536;
    return count;
  }

  // What the player says.

  /** Sends everything that is due. @param {import("./link/connection.js").Connection} link */
  send(link, nowMs) {
    const { clock, isSpectator } = this.#client;
    if (nowMs - this.#pingAtMs >= pingEveryMs) {
      this.#pingAtMs = nowMs;
      link.send(ping(Math.round(nowMs * 1000)));
    }
    for (let i = 0; i < mostTargetsPerPoll; i++) {
      const target = clock.takeTarget(nowMs);
      if (target === 0) break;
      if (!isSpectator) this.#sendInput(link, target, nowMs);
    }
    if (this.#receiver.unacknowledged > 0 && this.#receiver.newestTick >= this.#ackedTick + ackTicks) link.send(inputPacket([], this.#takeAcks()));
  }

  #sendInput(link, target, nowMs) {
    const { clock, intent, prediction, renderClock, view } = this.#client, miningTarget = this.#toggleMining;
    this.#toggleMining = 0;
    const input = {
      targetTick: target, x: Math.fround(intent.x), y: Math.fround(intent.y), miningTarget,
      buttons: (intent.fire ? Buttons.fire : 0) | (miningTarget ? Buttons.toggleMining : 0),
      viewDelay: Math.min(255, Math.max(0, target - Math.floor(renderClock.tick))),
    };
    const packet = this.#inputs.pack(input, this.#takeAcks(), nowMs);
    clock.markSent(target, nowMs);
    prediction.onInput(target, input.x, input.y, view);
    link.send(packet);
  }

  #takeAcks() {
    const receiver = this.#receiver;
    if (!receiver.acks.hasAny) return null;
    receiver.unacknowledged = 0;
    this.#ackedTick = receiver.newestTick;
    return { newest: receiver.acks.newest, history: receiver.acks.history };
  }
}
