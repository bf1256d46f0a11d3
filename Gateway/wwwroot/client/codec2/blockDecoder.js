// Decodes a block: the state of one cell against one or two earlier states of it (docs/protocol/codec2.md §6).
import { Cell, Field, maxMembers, stride } from "./cell.js";
import { MotionPrediction, thrustBetween } from "./prediction.js";
import { RangeDecoder } from "./rangeDecoder.js";
import { Turning } from "./turning.js";
import { motionContexts } from "./tables.js";
import { ValueDecoder } from "./valueDecoder.js";

const N = 24;
const lowWord = 0xffffffffn;
const recordOf = (age) => motionContexts[age <= 4 ? age - 1 : age <= 6 ? 4 : age <= 9 ? 5 : age <= 15 ? 6 : 7];
const bitsOf = (value) => (value === 0 ? 0 : 32 - Math.clz32(value));
const hint = (d) => (d === 0 ? 0 : d > 0 ? 1 : 2);
const wrap = (value, size) => ((value % size) + size) % size;

/** Reused for block after block; {@link cell}, {@link slow} and {@link check} are those of the last one. */
export class BlockDecoder {
  /** @type {Cell | null} */
  cell = null;
  /** What the block says besides motion, in its order: entered, moved, despawned, value, removed. */
  slow = [];
  #coder = new RangeDecoder();
  #motion = new MotionPrediction();
  #turning = new Turning();
  #values;
  #schema;
  #members = new Int32Array(maxMembers * stride);
  #count = 0;
  #n = 0;
  #m = 0;
  #second = null;
  #nextSecond = 0;
  #hash = 0;

  /** @param {import("./schema.js").Schema} schema */
  constructor(schema) {
    this.#schema = schema;
    this.#values = new ValueDecoder(schema, this.#coder);
  }

  /** Sum that tells whether both ends mean the same, 16 bits. */
  get check() { return (this.#hash ^ (this.#hash >>> 16)) & 65535; }

  /** The bytes of values are bounded per datagram. */
  startDatagram() { this.#values.startDatagram(); }

  /**
   * Decodes one block.
   * @param {Uint8Array} bytes @param {number} tick @param {Cell | null} base @param {Cell | null} second
   * @returns {boolean} false: it is not a block
   */
  decode(bytes, tick, base, second) {
    this.cell = null;
    this.slow = [];
    this.#count = 0;
    this.#hash = 0;
    this.#second = base && second;
    this.#nextSecond = 0;
    this.#n = base ? tick - base.tick : 0;
    this.#m = this.#second ? base.tick - second.tick : 0;
    this.#coder.start(bytes, this.#n ? recordOf(this.#n) : null);
    this.#motion.start(this.#schema.rate, this.#n);
    this.#mix(tick % 2 ** 32);
    if (base && !this.#stay(base)) return false;
    if (!this.#entrants() || this.#coder.overrun) return false;
    this.cell = new Cell(tick, this.#members.slice(0, this.#count * stride));
    return true;
  }

  #mix(word) {
    const h = Math.imul(this.#hash ^ word, 0x9e3779b1);
    this.#hash = h ^ (h >>> 15);
  }

  #mixMember(at) {
    const m = this.#members;
    this.#mix(m[at + Field.x] | (m[at + Field.r] << 20));
    this.#mix(m[at + Field.y] | ((m[at + Field.ax] & 255) << 20) | (m[at + Field.analogue] << 28));
    this.#mix((m[at + Field.vx] & 65535) | (m[at + Field.vy] << 16));
    this.#mix(m[at] | (m[at + Field.generation] << 16) | ((m[at + Field.ay] & 255) << 20));
  }

  #stay(base) {
    const coder = this.#coder, b = base.members;
    for (let from = 0; from < b.length; from += stride) {
      const slot = b[from], generation = b[from + Field.generation], type = b[from + Field.type];
      if (coder.bit(0)) {
        const gone = coder.bit(1);
        this.#mix(slot | (generation << 16) | ((2 + gone) << 28));
        this.slow.push({ kind: gone ? "despawned" : "moved", slot, generation });
        continue;
      }
      const at = this.#count++ * stride;
      for (let i = 0; i < stride; i++) this.#members[at + i] = b[from + i];
      this.#record(this.#schema.type(type), b, from, at);
      this.#mixMember(at);
      if (coder.bit(2) && !this.#changes(slot, generation, type)) return false;
      if (coder.overrun) return false;
    }
    return true;
  }

  /** The same member in the second base, or −1. Members come by slot in both. */
  #inSecond(b, from) {
    const s = this.#second?.members;
    if (!s) return -1;
    while (this.#nextSecond < s.length && s[this.#nextSecond] < b[from]) this.#nextSecond += stride;
    const at = this.#nextSecond;
    return at < s.length && s[at] === b[from] && s[at + 1] === b[from + 1] && s[at + 2] === b[from + 2] ? at : -1;
  }

  #record(type, b, from, at) {
    const coder = this.#coder, motion = this.#motion, turning = this.#turning, m = this.#members, n = this.#n;
    const vx = b[from + Field.vx], vy = b[from + Field.vy], analogue = b[from + Field.analogue];
    const rests = !vx && !vy && !b[from + Field.ax] && !b[from + Field.ay] && !analogue;
    let ax = b[from + Field.ax] * 256, ay = b[from + Field.ay] * 256, kind = analogue ? 2 : 0;
    const fromTwo = () => {
      const s = this.#inSecond(b, from), before = this.#second?.members;
      ax = s < 0 ? 0 : thrustBetween(type, vx, before[s + Field.vx], this.#m);
      ay = s < 0 ? 0 : thrustBetween(type, vy, before[s + Field.vy], this.#m);
    };
    if (analogue) fromTwo();
    motion.predict(type, vx, vy, n, ax, ay, 0, ax, ay);
    if (!coder.bit(4 + (rests ? 0 : analogue ? 2 : 1))) {
      if (rests) return;
      m[at + Field.x] = wrap(b[from + Field.x] + motion.wayX, this.#schema.sizeX);
      m[at + Field.y] = wrap(b[from + Field.y] + motion.wayY, this.#schema.sizeY);
      m[at + Field.vx] = motion.vx(0, 0);
      m[at + Field.vy] = motion.vy(0, 0);
      turning.turn(type, b[from + Field.r] * 64, m[at + Field.vx], m[at + Field.vy], n);
      m[at + Field.r] = turning.r;
      return;
    }
    let rotation = b[from + Field.r] * 64, ticks = n, isNew = false;
    if (analogue) isNew = coder.bit(9) === 1;
    else if (coder.bit(7)) {
      if (coder.bit(8)) {
        kind = 2;
        m[at + Field.ax] = m[at + Field.ay] = 0;
        m[at + Field.analogue] = 1;
        fromTwo();
        motion.predict(type, vx, vy, n, ax, ay, 0, ax, ay);
      } else isNew = true;
    }
    if (isNew) {
      kind = 1;
      let s = 1;
      while (s < Math.min(n, 14) && coder.bit(10 + s - 1 + (analogue ? 14 : 0))) s++;
      this.#thrust(type, b, from, at);
      m[at + Field.analogue] = 0;
      if (s < n) {
        motion.predict(type, vx, vy, n - s, ax, ay, 0, ax, ay);
        turning.turn(type, rotation, motion.vx(0, 0), motion.vy(0, 0), n - s);
        rotation = turning.rotation;
        ticks = s;
      }
      motion.predict(type, vx, vy, n, ax, ay, s, m[at + Field.ax] * 256, m[at + Field.ay] * 256);
    }
    const dx = coder.signed(267 + N * kind, 20);
    let count = dx ? 1 : 0;
    const dy = coder.signed(339 + N * (2 * kind + count), 20);
    count += dy ? 1 : 0;
    const moved = count ? 1 : 0;
    const dvx = coder.signed(483 + N * (3 * kind + count), 17, hint(dx));
    count += dvx ? 1 : 0;
    const dvy = coder.signed(699 + N * (3 * kind + Math.min(2, count)), 17, hint(dy));
    const newVx = motion.vx(kind, dx) + dvx, newVy = motion.vy(kind, dy) + dvy;
    turning.turn(type, rotation, newVx, newVy, ticks);
    const dr = coder.signed(915 + N * (4 * kind + 2 * moved + turning.turning), 10);
    m[at + Field.x] = wrap(b[from + Field.x] + motion.wayX + dx, this.#schema.sizeX);
    m[at + Field.y] = wrap(b[from + Field.y] + motion.wayY + dy, this.#schema.sizeY);
    m[at + Field.vx] = (newVx << 16) >> 16;
    m[at + Field.vy] = (newVy << 16) >> 16;
    m[at + Field.r] = (turning.r + dr) & 1023;
  }

  #thrust(type, b, from, at) {
    const coder = this.#coder, m = this.#members;
    let x = 0, y = 0;
    if (!coder.bit(38 + (!b[from + Field.ax] && !b[from + Field.ay] ? 1 : 0))) {
      if (coder.bit(40)) {
        const alongY = coder.bit(41), negative = coder.raw(1);
        let smaller = 0;
        if (!coder.bit(42)) {
          const sign = coder.raw(1) ? -1 : 1;
          smaller = sign * coder.tree(43, 7);
        }
        const full = Math.floor(Math.sqrt(Math.max(0, type.most ** 2 - smaller ** 2)));
        const larger = Math.min(127, Math.abs(full + coder.signed(171, 2))) * (negative ? -1 : 1);
        x = alongY ? smaller : larger;
        y = alongY ? larger : smaller;
      } else {
        x = coder.signed(195, 7);
        y = coder.signed(219 + (x ? N : 0), 7);
      }
    }
    m[at + Field.ax] = x;
    m[at + Field.ay] = y;
  }

  #changes(slot, generation, type) {
    const coded = new Map();
    for (const component of this.#schema.slow) {
      if (!this.#coder.bit(1458 + component.place)) continue;
      if (this.#coder.bit(1490 + component.place)) {
        this.#mix(component.bit | 2 ** 31);
        this.slow.push({ kind: "removed", slot, generation, bit: component.bit });
      } else if (!this.#value(slot, generation, type, component, 1, coded)) return false;
    }
    return true;
  }

  #value(slot, generation, type, component, changed, coded) {
    const bytes = this.#values.decode(this.#schema.type(type), component, changed, coded);
    if (!bytes) return false;
    coded.set(component.bit, bytes);
    this.slow.push({ kind: "value", slot, generation, bit: component.bit, bytes });
    this.#mix(component.bit | (bytes.length << 8));
    for (const byte of bytes) this.#mix(byte);
    return true;
  }

  #entrants() {
    const coder = this.#coder, schema = this.#schema;
    if (this.#n && !coder.bit(3)) return true;
    const count = coder.unsigned(1203, 7), stayed = this.#count;
    if (count + stayed > maxMembers) return false;
    let slot = -1, type = 0, id = 0n;
    for (let i = 0; i < count; i++) {
      slot += 1 + coder.unsigned(1211, 16);
      const generation = coder.raw(4);
      if (!coder.bit(1295)) type = coder.raw(16);
      const zigzag = coder.unsigned64(1229);
      id = BigInt.asUintN(64, id + 1n + (zigzag % 2n === 0n ? zigzag / 2n : -(zigzag + 1n) / 2n));
      if (slot > 65535 || coder.overrun || this.#has(slot, stayed)) return false;
      const at = this.#count++ * stride;
      this.#absolute(at, slot, generation, type);
      const mask = this.#mask(schema.type(type));
      this.#mixMember(at);
      this.#mix(type);
      for (const number of [id, mask]) {
        this.#mix(Number(number & lowWord));
        this.#mix(Number(number >> 32n));
      }
      this.slow.push({ kind: "entered", slot, generation, id, mask });
      const coded = new Map();
      for (const component of schema.slow) {
        if (mask & component.mask && !this.#value(slot, generation, type, component, 0, coded)) return false;
      }
    }
    if (count) this.#sort();
    return true;
  }

  #has(slot, stayed) {
    for (let i = 0; i < stayed; i++) if (this.#members[i * stride] === slot) return true;
    return false;
  }

  #absolute(at, slot, generation, type) {
    const coder = this.#coder, m = this.#members, { sizeX, sizeY } = this.#schema;
    m[at] = slot;
    m[at + Field.generation] = generation;
    m[at + Field.type] = type;
    m[at + Field.x] = Math.min(coder.raw(bitsOf(sizeX - 1)), sizeX - 1);
    m[at + Field.y] = Math.min(coder.raw(bitsOf(sizeY - 1)), sizeY - 1);
    m[at + Field.vx] = coder.signed(1297, 15);
    m[at + Field.vy] = coder.signed(1321, 15);
    m[at + Field.r] = coder.raw(10);
    const analogue = m[at + Field.analogue] = coder.bit(1296);
    m[at + Field.ax] = analogue ? 0 : coder.signed(1345, 7);
    m[at + Field.ay] = analogue ? 0 : coder.signed(1369, 7);
  }

  #mask(type) {
    if (this.#coder.bit(1393)) return type.mask;
    let mask = 0n;
    for (const component of this.#schema.components) {
      const likely = type.mask & component.mask ? 32 : 0;
      if (this.#coder.bit(1394 + likely + component.place)) mask |= component.mask;
    }
    return mask;
  }

  #sort() {
    const rows = [];
    for (let i = 0; i < this.#count; i++) rows.push(this.#members.slice(i * stride, (i + 1) * stride));
    rows.sort((a, b) => a[0] - b[0]);
    rows.forEach((row, i) => this.#members.set(row, i * stride));
  }
}
