// Reads state datagrams into a view: decode all blocks, check, then apply.
import { BlockDecoder } from "./blockDecoder.js";
import { Field, stride } from "./cell.js";
import { readDatagram } from "./datagram.js";
import { Slots } from "./slots.js";
import { StateAcks } from "./stateAcks.js";

const maxAge = 63;
const f = Math.fround;
const turn = f((2 * Math.PI) / 1024);

/** One per connection. A datagram that needs a base which is not held, or whose check differs, has no effect and is not acknowledged. */
export class Receiver {
  acks = new StateAcks();
  newestTick = 0;
  /** Datagrams taken in since the last acknowledgement went out. */
  unacknowledged = 0;
  discarded = 0;
  #schema;
  #decoder;
  #view;
  #slots;
  /** By cell: its states of the last ticks, the oldest first. @type {Map<number, import("./cell.js").Cell[]>} */
  #cells = new Map();
  #stream = 0;
  #own = { tick: 0, state: null };
  #kinds = new Map();
  #countdown = null;

  /** @param {import("./schema.js").Schema} schema @param {import("../view/roomView.js").RoomView} view */
  constructor(schema, view) {
    this.#schema = schema;
    this.#decoder = new BlockDecoder(schema);
    this.#view = view;
    this.#slots = new Slots(view);
    for (const component of schema.components) {
      this.#kinds.set(component.bit, component.kind);
      if (component.countdown >= 0) this.#countdown = component.kind;
    }
  }

  /**
   * Takes one message.
   * @param {Uint8Array} bytes kind byte first @param {number} newestTick known @param {number} expectedCount inputs known to be applied
   * @returns {object | null} its head; null if it had no effect
   */
  receive(bytes, newestTick, expectedCount) {
    const head = readDatagram(bytes, newestTick, expectedCount);
    const isNewStream = head && this.acks.hasAny && head.stream !== this.#stream;
    const staged = head && !(isNewStream && ((head.stream - this.#stream) << 24) < 0) ? this.#decode(bytes, head, isNewStream) : null;
    if (!staged) {
      this.discarded++;
      return null;
    }
    if (isNewStream || !this.acks.hasAny) this.#restart();
    this.#stream = head.stream;
    this.acks.note(head.seq);
    this.unacknowledged++;
    this.newestTick = Math.max(this.newestTick, head.tick);
    this.#view.newestTick = this.newestTick;
    if (head.hasStatus && head.tick >= this.#own.tick) {
      this.#own.tick = head.tick;
      if (head.hasOwnState) this.#own.state = { x: head.x, y: head.y, vx: head.vx, vy: head.vy, rotation: head.rotation };
    }
    for (const cell of head.leaves) this.#leave(cell, head.tick);
    for (const block of staged) this.#apply(block);
    this.#applyOwn();
    this.#slots.sweep(this.newestTick);
    return head;
  }

  /** A ship was given at a tick: what is older belongs to the one before. */
  onPossession(tick) {
    if (this.#own.tick < tick) this.#own.state = null;
    this.#applyOwn();
  }

  #decode(bytes, head, isNewStream) {
    const staged = [];
    let sum = 0;
    this.#decoder.startDatagram();
    for (const block of head.blocks) {
      let base = null, second = null;
      if (block.age !== 0) {
        base = isNewStream ? null : this.#stateOf(block.cell, head.tick - block.age);
        second = block.gap === 0 ? null : this.#stateOf(block.cell, head.tick - block.age - block.gap);
        if (!base || (block.gap !== 0 && !second)) return null;
      }
      if (!this.#decoder.decode(bytes.subarray(block.at, block.at + block.length), head.tick, base, second)) return null;
      sum += this.#decoder.check;
      staged.push({ cell: block.cell, state: this.#decoder.cell, slow: this.#decoder.slow });
    }
    return (sum & 65535) === head.check ? staged : null;
  }

  #stateOf(cell, tick) { return this.#cells.get(cell)?.find((state) => state.tick === tick) ?? null; }

  /** All bases are void, and what was known with them. */
  #restart() {
    this.#cells.clear();
    this.#slots.clear();
    this.#view.clear();
    this.#own = { tick: 0, state: null };
  }

  #leave(cell, tick) {
    const states = this.#cells.get(cell);
    if (!states || states.at(-1).tick > tick) return;
    this.#slots.dropCell(cell);
    this.#cells.delete(cell);
  }

  #apply({ cell, state, slow }) {
    const states = this.#cells.get(cell) ?? [];
    const isNewest = states.length === 0 || state.tick > states.at(-1).tick;
    if (isNewest) {
      for (const entry of slow) this.#applySlow(entry, cell, state);
      for (let at = 0; at < state.members.length; at += stride) this.#applyMember(state.members, at, cell, state.tick);
    }
    let at = states.length;
    while (at > 0 && states[at - 1].tick >= state.tick) at--;
    states.splice(at, states[at]?.tick === state.tick ? 1 : 0, state);
    while (states[0].tick < this.newestTick - maxAge && states.length > 1) states.shift();
    this.#cells.set(cell, states);
  }

  #applySlow(entry, cell, state) {
    const { kind, slot, generation } = entry;
    if (kind === "entered") this.#enter(entry, cell, state);
    else if (kind === "moved") this.#slots.leave(slot, generation, cell);
    else if (kind === "despawned") this.#slots.despawn(slot, generation, state.tick);
    else {
      const member = this.#slots.find(slot, generation, state.tick);
      const component = this.#kinds.get(entry.bit);
      if (!member) return;
      if (kind === "removed") member.entity.values.delete(component);
      else this.#view.note(member.entity, component, entry.bytes);
      if (component === this.#countdown) member.countdown = kind === "removed" ? null : { tick: state.tick, left: member.entity.get(component).lifetimeTicks };
    }
  }

  #enter({ slot, generation, id, mask }, cell, state) {
    let at = 0;
    while (state.members[at] !== slot) at += stride;
    const member = this.#slots.enter(slot, generation, id, state.members[at + Field.type], cell, state.tick);
    if (!member) return;
    for (const component of this.#schema.slow) if (!(mask & component.mask)) member.entity.values.delete(component.kind);
  }

  #applyMember(m, at, cell, tick) {
    const member = this.#slots.find(m[at], m[at + Field.generation], tick);
    if (!member) return;
    member.cell = cell;
    member.seen = tick;
    const counted = member.countdown && member.entity.get(this.#countdown);
    if (counted) counted.lifetimeTicks = Math.max(0, member.countdown.left - (tick - member.countdown.tick));
    // The own ship's exact state rides beside the blocks.
    if (member.id === this.#view.ship && this.#own.state && member.entity.tick) return;
    const schema = this.#schema;
    member.entity.move(
      tick, f(m[at + Field.x] / 256 + schema.minX), f(m[at + Field.y] / 256 + schema.minY), m[at + Field.vx] / 16, m[at + Field.vy] / 16, f(m[at + Field.r] * turn));
  }

  #applyOwn() {
    const own = this.#view.own, state = this.#own.state;
    if (own && state) own.move(this.#own.tick, state.x, state.y, state.vx, state.vy, state.rotation);
  }
}
