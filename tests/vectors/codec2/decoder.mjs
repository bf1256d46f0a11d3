// A second decoder of codec 2, written from docs/protocol/codec2.md alone: node decoder.mjs standard.json corners.json
import { readFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const tables = JSON.parse(readFileSync(new URL('tables.json', here)));
const N = 24, P24 = 2 ** 24, P31 = 2 ** 31, P32 = 2 ** 32;
const floorDiv = (a, b) => Math.floor(a / b);
const mod = (a, n) => ((a % n) + n) % n;
const bits = (value) => (value === 0 ? 0 : 32 - Math.clz32(value));

class Coder {
  constructor(bytes) {
    Object.assign(this, { bytes, at: 0, low: 0, high: P32 - 1, value: 0, p: new Uint16Array(2099) });
    for (let i = 0; i < 4; i++) this.value = this.value * 256 + this.take();
  }
  start(first, row) { row.forEach((entry, i) => { this.p[first + i] = entry * 256; }); }
  take() { return this.at < this.bytes.length ? this.bytes[this.at++] : (this.at++, 0); }
  get overrun() { return this.at > this.bytes.length + 4; }
  shift() {
    while (((this.low ^ this.high) & 0xff000000) === 0) {
      this.low = (this.low * 256) % P32;
      this.high = ((this.high * 256) % P32) + 255;
      this.value = ((this.value * 256) % P32) + this.take();
    }
  }
  bit(context) {
    const p = this.p[context];
    const middle = this.low + Math.floor(((this.high - this.low) * p) / 65536);
    const one = this.value <= middle;
    if (one) { this.high = middle; this.p[context] = p + ((65536 - p) >> 5); } else { this.low = middle + 1; this.p[context] = p - (p >> 5); }
    this.shift();
    return one ? 1 : 0;
  }
  raw(count) {
    let value = 0;
    for (; count > 0; count--) {
      const middle = this.low + Math.floor((this.high - this.low) / 2);
      const one = this.value <= middle;
      if (one) this.high = middle; else this.low = middle + 1;
      value = value * 2 + (one ? 1 : 0);
      this.shift();
    }
    return value;
  }
  signed(first, most, hint = 0) {
    if (this.bit(first)) return 0;
    const negative = this.bit(first + 1 + hint);
    let length = 1;
    while (length < most && this.bit(first + 4 + Math.min(length, 14) - 1)) length++;
    let value = 1, rest = length - 1;
    if (length >= 2 && length <= 7) { value = 2 + this.bit(first + 18 + length - 2); rest--; }
    value = value * 2 ** rest + this.raw(rest);
    return negative ? -value : value;
  }
  unsigned(first, most) {
    let length = 0;
    while (length < most && this.bit(first + length)) length++;
    let value = BigInt(Math.min(length, 1));
    for (let i = 1; i < length; i++) value = value * 2n + BigInt(this.raw(1));
    return value;
  }
  tree(first, count) {
    let node = 1;
    for (let i = 0; i < count; i++) node = node * 2 + this.bit(first + node);
    return node - 2 ** count;
  }
}

const arcs = Array.from({ length: 65 }, (_, i) => Math.round((2 ** 20 * Math.atan(i / 64)) / (2 * Math.PI)));

class Schema {
  constructor(json) {
    this.rate = json.tick_rate;
    this.size = [Math.round(json.size_x * 256), Math.round(json.size_y * 256)];
    this.components = json.components;
    this.links = json.links;
    this.types = new Map(json.types.map((type) => [type.number, { ...type, mask: BigInt(type.prototype_mask), ...this.motion(type) }]));
    this.plain = { prototype: {}, mask: 0n, max_acceleration: 0, ...this.motion({ drag_thousandths: 0, turn_rate_thousandths: 0 }) };
  }
  type(number) { return this.types.get(number) ?? this.plain; }
  motion({ drag_thousandths: d, turn_rate_thousandths: turn }) {
    const r = this.rate, k = floorDiv(P24 * 1000 * r + floorDiv(1000 * r + d, 2), 1000 * r + d);
    const keep = [P24], push = [0], reach = [0];
    for (let n = 1, kept = 0, pushed = 0; n < 64; n++) {
      keep[n] = floorDiv(keep[n - 1] * k + 2 ** 23, P24);
      kept += keep[n];
      push[n] = floorDiv(32 * kept + r, 2 * r);
      pushed += push[n];
      reach[n] = floorDiv(32 * pushed + r, 2 * r);
    }
    return { keep, push, reach, turnStep: floorDiv(turn * 65536 + 180000 * r, 360000 * r) };
  }
}

function course(vx, vy) {
  const ax = Math.abs(vx), ay = Math.abs(vy), larger = Math.max(ax, ay);
  const q = larger === 0 ? 0 : floorDiv(65536 * Math.min(ax, ay), larger), i = q >> 10;
  const t = i === 64 ? arcs[64] : arcs[i] + (((arcs[i + 1] - arcs[i]) * (q & 1023) + 512) >> 10);
  let angle = (t + 8) >> 4;
  if (ay > ax) angle = 16384 - angle;
  if (vx < 0) angle = 32768 - angle;
  return mod(vy < 0 ? -angle : angle, 65536);
}

function turn(type, rotation, vx, vy, ticks) {
  if (vx * vx + vy * vy < 3) return [rotation, 0];
  const to = course(vx, vy), d = mod(to - rotation + 32768, 65536) - 32768, most = type.turnStep * ticks;
  if (d > most) return [mod(rotation + most, 65536), 1];
  return d < -most ? [mod(rotation - most, 65536), 1] : [to, 0];
}

const toR = (rotation) => ((rotation + 32) >> 6) & 1023;

/** Motion: [x, y, vx, vy, r, ax, ay, analogue]. */
class Block {
  constructor(schema, bytes, tick, base, second) {
    Object.assign(this, { schema, tick, base, second, coder: new Coder(bytes), hash: 0, members: [], slow: [], valueBytes: 0 });
    this.n = base ? tick - base.tick : 0;
    this.m = base && second ? base.tick - second.tick : 0;
    const n = this.n;
    if (n) this.coder.start(0, tables.motion[n <= 4 ? n - 1 : n <= 6 ? 4 : n <= 9 ? 5 : n <= 15 ? 6 : 7]);
    this.coder.start(1203, tables.slow);
    this.mix(tick % P32);
  }
  mix(word) {
    const h = Math.imul(this.hash ^ word, 0x9e3779b1);
    this.hash = h ^ (h >>> 15);
  }
  mixMotion([x, y, vx, vy, r, ax, ay, analogue], slot, generation) {
    this.mix(x | (r << 20));
    this.mix(y | ((ax & 255) << 20) | (analogue << 28));
    this.mix((vx & 65535) | (vy << 16));
    this.mix(slot | (generation << 16) | ((ay & 255) << 20));
  }
  get check() { return (this.hash ^ (this.hash >>> 16)) & 65535; }

  /** False: not a block. */
  decode() {
    for (const [slot, generation, type, ...motion] of this.base?.members ?? []) {
      if (this.coder.bit(0)) {
        const gone = this.coder.bit(1);
        this.mix(slot | (generation << 16) | ((2 + gone) << 28));
        this.slow.push({ kind: gone ? 'despawned' : 'moved', slot, generation });
        continue;
      }
      const second = this.second?.members.find((other) => other[0] === slot && other[1] === generation && other[2] === type);
      const now = this.record(this.schema.type(type), motion, second?.slice(3));
      this.mixMotion(now, slot, generation);
      this.members.push([slot, generation, type, ...now]);
      if (this.coder.bit(2) && !this.changes(slot, type)) return false;
      if (this.coder.overrun) return false;
    }
    return this.entrants() && !this.coder.overrun;
  }

  predict(type, b, n, a, s, c) {
    return [0, 1].map((axis) => {
      const v = b[2 + axis] * 256;
      const way = floorDiv(type.push[n] * v + type.reach[n] * a[axis] + type.reach[s] * (c[axis] - a[axis]) + P31, P32);
      const w = type.keep[n] * v + type.push[n] * a[axis] + type.push[s] * (c[axis] - a[axis]);
      return { way, w };
    });
  }
  speed(w, kind, error) {
    let gain = 0;
    if (error !== 0) {
      const g = tables.gains[2 * kind + (Math.abs(error) >= 8 ? 1 : 0)][Math.min(this.n, 15)];
      gain = floorDiv(g * 4096 * this.schema.rate + 50 * this.n, 100 * this.n);
    }
    const e = Math.max(-32768, Math.min(32767, error));
    return Math.max(-32768, Math.min(32767, floorDiv(w + 65536 * gain * e + P31, P32)));
  }
  twoStates(type, b, second) {
    return [0, 1].map((axis) => {
      if (!second || this.m === 0) return 0;
      const push = type.push[this.m];
      const a = floorDiv(256 * (P24 * b[2 + axis] - type.keep[this.m] * second[2 + axis]) + floorDiv(push, 2), push);
      return Math.max(-256 * type.max_acceleration, Math.min(256 * type.max_acceleration, a));
    });
  }

  record(type, b, second) {
    const { coder, n } = this, analogue = b[7], rest = !b[2] && !b[3] && !b[5] && !b[6] && !analogue;
    let a = analogue ? this.twoStates(type, b, second) : [b[5] * 256, b[6] * 256];
    let kind = analogue ? 2 : 0, predicted = this.predict(type, b, n, a, 0, a);
    const place = () => predicted.map(({ way }, axis) => mod(b[axis] + way, this.schema.size[axis]));
    if (!coder.bit(4 + (rest ? 0 : analogue ? 2 : 1))) {
      if (rest) return b.slice(0, 8);
      const [vx, vy] = predicted.map(({ w }) => this.speed(w, 0, 0));
      return [...place(), vx, vy, toR(turn(type, b[4] * 64, vx, vy, n)[0]), b[5], b[6], analogue];
    }
    let from = b[4] * 64, ticks = n, thrust = [b[5], b[6], analogue], isNew = false;
    if (analogue) isNew = coder.bit(9) === 1;
    else if (coder.bit(7)) {
      if (coder.bit(8)) {
        kind = 2;
        thrust = [0, 0, 1];
        a = this.twoStates(type, b, second);
        predicted = this.predict(type, b, n, a, 0, a);
      } else isNew = true;
    }
    if (isNew) {
      kind = 1;
      let s = 1;
      while (s < Math.min(n, 14) && coder.bit(10 + s - 1 + (analogue ? 14 : 0))) s++;
      thrust = [...this.thrust(type, b), 0];
      if (s < n) {
        const [vx, vy] = this.predict(type, b, n - s, a, 0, a).map(({ w }) => this.speed(w, 0, 0));
        [from] = turn(type, from, vx, vy, n - s);
        ticks = s;
      }
      predicted = this.predict(type, b, n, a, s, [thrust[0] * 256, thrust[1] * 256]);
    }
    const dx = coder.signed(267 + N * kind, 20);
    let count = dx ? 1 : 0;
    const dy = coder.signed(339 + N * (2 * kind + count), 20);
    count += dy ? 1 : 0;
    const moved = count ? 1 : 0, hint = (d) => (d === 0 ? 0 : d > 0 ? 1 : 2);
    const dvx = coder.signed(483 + N * (3 * kind + count), 17, hint(dx));
    count += dvx ? 1 : 0;
    const dvy = coder.signed(699 + N * (3 * kind + Math.min(2, count)), 17, hint(dy));
    const [x, y] = place();
    const vx = this.speed(predicted[0].w, kind, dx) + dvx, vy = this.speed(predicted[1].w, kind, dy) + dvy;
    const [rotation, turning] = turn(type, from, vx, vy, ticks);
    const dr = coder.signed(915 + N * (4 * kind + 2 * moved + turning), 10);
    return [mod(x + dx, this.schema.size[0]), mod(y + dy, this.schema.size[1]), (vx << 16) >> 16, (vy << 16) >> 16, (toR(rotation) + dr) & 1023, ...thrust];
  }

  thrust(type, b) {
    const { coder } = this;
    if (coder.bit(38 + (!b[5] && !b[6] ? 1 : 0))) return [0, 0];
    if (!coder.bit(40)) {
      const ax = coder.signed(195, 7);
      return [ax, coder.signed(219 + (ax ? N : 0), 7)];
    }
    const alongY = coder.bit(41), negative = coder.raw(1);
    let smaller = 0;
    if (!coder.bit(42)) {
      const sign = coder.raw(1) ? -1 : 1;
      smaller = sign * coder.tree(43, 7);
    }
    const full = Math.floor(Math.sqrt(Math.max(0, type.max_acceleration ** 2 - smaller ** 2)));
    const larger = Math.min(127, Math.abs(full + coder.signed(171, 2))) * (negative ? -1 : 1);
    return alongY ? [smaller, larger] : [larger, smaller];
  }

  changes(slot, type) {
    const coded = new Map();
    for (const [index, component] of this.schema.components.entries()) {
      const place = Math.min(index, 31);
      if (component.role !== 'slow' || !this.coder.bit(1458 + place)) continue;
      if (this.coder.bit(1490 + place)) {
        this.mix(component.bit | P31);
        this.slow.push({ kind: 'removed', slot, bit: component.bit });
      } else if (!this.value(slot, type, component, place, 1, coded)) return false;
    }
    return true;
  }

  value(slot, typeNumber, component, place, changed, coded) {
    const { coder } = this, prototype = Buffer.from(this.schema.type(typeNumber).prototype[component.bit] ?? '', 'hex');
    const expected = Buffer.alloc(component.size >= 0 ? component.size : prototype.length);
    prototype.copy(expected);
    for (const link of this.schema.links) {
      if (link.bit === component.bit && coded.has(link.source_bit))
        coded.get(link.source_bit).copy(expected, link.offset, link.source_offset, link.source_offset + link.length);
    }
    let value = expected;
    if (!coder.bit(1522 + 32 * changed + place)) {
      const length = component.size >= 0 ? component.size : coder.bit(1586) ? expected.length : coder.raw(11);
      if (length > 1024 || this.valueBytes + length > 65536) return false;
      value = Buffer.alloc(length);
      for (let i = 0; i < length; i++)
        value[i] = coder.bit(1587 + 8 * place + Math.min(7, i)) ? (expected[i] ?? 0) : coder.tree(1843, 8);
    }
    this.valueBytes += value.length;
    coded.set(component.bit, value);
    this.slow.push({ kind: 'value', slot, bit: component.bit, hex: value.toString('hex') });
    this.mix(component.bit | (value.length << 8));
    for (const byte of value) this.mix(byte);
    return this.valueBytes <= 65536 && !coder.overrun;
  }

  entrants() {
    const { coder, schema } = this;
    if (this.n && !coder.bit(3)) return true;
    const count = Number(coder.unsigned(1203, 7));
    if (count + this.members.length > 64) return false;
    let slot = -1, typeNumber = 0, id = 0n;
    for (let i = 0; i < count; i++) {
      slot += 1 + Number(coder.unsigned(1211, 16));
      const generation = coder.raw(4);
      if (!coder.bit(1295)) typeNumber = coder.raw(16);
      const zigzag = coder.unsigned(1229, 64);
      id = BigInt.asUintN(64, id + 1n + (zigzag % 2n === 0n ? zigzag / 2n : -(zigzag + 1n) / 2n));
      const type = schema.type(typeNumber);
      const [x, y] = schema.size.map((size) => Math.min(coder.raw(bits(size - 1)), size - 1));
      const vx = coder.signed(1297, 15), vy = coder.signed(1321, 15), r = coder.raw(10), analogue = coder.bit(1296);
      const ax = analogue ? 0 : coder.signed(1345, 7), ay = analogue ? 0 : coder.signed(1369, 7);
      let mask = type.mask;
      if (!coder.bit(1393)) {
        mask = 0n;
        for (const [index, component] of schema.components.entries()) {
          const likely = (type.mask >> BigInt(component.bit)) & 1n;
          if (coder.bit(1394 + (likely ? 32 : 0) + Math.min(index, 31))) mask |= 1n << BigInt(component.bit);
        }
      }
      const motion = [x, y, vx, vy, r, ax, ay, analogue];
      if (slot > 65535 || this.members.some((member) => member[0] === slot) || coder.overrun) return false;
      this.members.push([slot, generation, typeNumber, ...motion]);
      this.mixMotion(motion, slot, generation);
      this.mix(typeNumber);
      for (const number of [id, mask]) {
        this.mix(Number(number & 0xffffffffn));
        this.mix(Number(number >> 32n));
      }
      this.slow.push({ kind: 'entered', slot, generation, id: id.toString(), mask: mask.toString() });
      const coded = new Map();
      for (const [index, component] of schema.components.entries()) {
        if (component.role === 'slow' && (mask >> BigInt(component.bit)) & 1n
          && !this.value(slot, typeNumber, component, Math.min(index, 31), 0, coded)) return false;
      }
    }
    this.members.sort((a, b) => a[0] - b[0]);
    return true;
  }
}

const nearest = (low, known, size) => {
  const distance = mod(low - known, size);
  const there = known + (distance >= size / 2 ? distance - size : distance);
  return there < 0 ? low : there;
};

// The head of a datagram and the heads of its blocks (§2); null where they are to be refused.
function readDatagram(bytes, newestTick, expectedCount) {
  let at = 0;
  const take = (size, read) => {
    if (at + size > bytes.length) throw new RangeError('too short');
    at += size;
    return read(at - size);
  };
  const u8 = () => take(1, (i) => bytes.readUInt8(i)), u16 = () => take(2, (i) => bytes.readUInt16LE(i));
  const u32 = () => take(4, (i) => bytes.readUInt32LE(i)), u64 = () => take(8, (i) => Number(bytes.readBigUInt64LE(i)));
  const i16 = () => take(2, (i) => bytes.readInt16LE(i)), f32 = () => take(4, (i) => bytes.readFloatLE(i));
  const varint = () => {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const byte = u8();
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return i > 0 && byte === 0 ? Infinity : value;
    }
    return Infinity;
  };
  const blockHead = () => {
    const cell = varint(), bases = u8();
    let age = bases & 31, gap = bases >> 5;
    if (age === 31) {
      if (gap !== 0) return null;
      age = u8();
      gap = u8();
      if (age > 63 || gap > 63 || (age < 31 && gap < 8)) return null;
    }
    const length = varint();
    if (cell > 65535 || length > 1100 || (age === 0 && gap !== 0)) return null;
    take(length, () => null);
    return `${cell} ${age} ${gap} ${length}`;
  };
  try {
    const kind = u8(), flags = u8();
    if (kind !== 2 || flags > 63 || (flags & 17) === 16) return null;
    const head = { stream: u8(), seq: u16(), tick: nearest(u16(), newestTick, 65536), check: u16(), has_more: !!(flags & 32), has_status: !!(flags & 1) };
    Object.assign(head, { applied_tick: 0, applied_count: 0, margin: 0, received_sequence: 0 });
    if (head.has_status) {
      const back = u8();
      head.applied_tick = back === 255 ? u64() : head.tick - back;
      if (head.applied_tick < 0) return null;
      head.applied_count = nearest(u16(), expectedCount, 65536);
      head.margin = i16();
      const ahead = u8();
      head.received_sequence = ahead === 255 ? u32() : head.applied_count + ahead;
    }
    head.received_history = flags & 16 ? u32() : P32 - 1;
    head.has_chain = !!(flags & 4);
    head.chain = flags & 4 ? u32() : 0;
    head.has_own_state = !!(flags & 2);
    for (const name of floats) head[name] = flags & 2 ? f32() : 0;
    const leaves = [];
    if (flags & 8) {
      const count = u8();
      if (count === 0) return null;
      while (leaves.length < count) leaves.push(u16());
    }
    const blocks = [];
    while (at < bytes.length) {
      const block = blockHead();
      if (block === null) return null;
      blocks.push(block);
    }
    return { head, leaves, blocks };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const floats = ['x', 'y', 'vx', 'vy', 'rotation'];
const float32 = (head) => ({ ...head, ...Object.fromEntries(floats.map((name) => [name, Math.fround(head[name])])) });
const sorted = (value) => JSON.stringify(Object.entries(value).sort());
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function blockHolds(schema, vector) {
  const block = new Block(schema, Buffer.from(vector.hex, 'hex'), vector.tick, vector.base, vector.base2);
  const decoded = block.decode() && block.check === vector.check;
  return vector.expect === 'reject'
    ? !decoded
    : decoded && same(block.members, vector.now.members.map((member) => member.slice(0, 11))) && same(block.slow.map(sorted), vector.slow.map(sorted));
}

function datagramHolds(vector) {
  const read = readDatagram(Buffer.from(vector.hex, 'hex'), vector.newest_tick, vector.expected_count);
  return vector.expect === 'reject'
    ? read === null
    : read !== null && sorted(read.head) === sorted(float32(vector.head)) && same(read.leaves, vector.leaves) && same(read.blocks, vector.blocks);
}

let passed = 0, failed = 0;
const count = (vector, holds) => {
  if (holds) passed++; else { failed++; console.log(`${vector.name}: does not hold`); }
};
for (const file of process.argv.length > 2 ? process.argv.slice(2) : ['standard.json', 'corners.json'].map((name) => new URL(name, here))) {
  const { schema: json, blocks, datagrams } = JSON.parse(readFileSync(file));
  const schema = new Schema(json);
  for (const vector of blocks) count(vector, blockHolds(schema, vector));
  for (const vector of datagrams) count(vector, datagramHolds(vector));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
