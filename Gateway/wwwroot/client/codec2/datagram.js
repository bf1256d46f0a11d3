// The head of a state datagram and the heads of its blocks (docs/protocol/codec2.md §2).

const Flags = { status: 1, ownState: 2, chain: 4, leaves: 8, history: 16, more: 32 };
const allFlags = 63;
const longestBlock = 1100;

/** The number with these low 16 bits that is nearest to one that is known. */
function nearest(low, known) {
  const distance = (((low - known) % 65536) + 65536) % 65536;
  const there = known + (distance >= 32768 ? distance - 65536 : distance);
  return there < 0 ? low : there;
}

class Reader {
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }
  // DataView throws a RangeError beyond the end: that is how a short message is noticed.
  u8() { return this.view.getUint8(this.at++); }
  u16() { const at = this.at; this.at += 2; return this.view.getUint16(at, true); }
  i16() { const at = this.at; this.at += 2; return this.view.getInt16(at, true); }
  u32() { const at = this.at; this.at += 4; return this.view.getUint32(at, true); }
  f32() { const at = this.at; this.at += 4; return this.view.getFloat32(at, true); }
  u64() { const at = this.at; this.at += 8; return Number(this.view.getBigUint64(at, true)); }
  get left() { return this.view.byteLength - this.at; }
  varint() {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const byte = this.u8();
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return i > 0 && byte === 0 ? Infinity : value;
    }
    return Infinity;
  }
}

/**
 * Reads a datagram without decoding its blocks.
 * @param {Uint8Array} bytes the message, kind byte first
 * @param {number} newestTick newest server tick known @param {number} expectedCount inputs known to be applied
 * @returns {object | null} null where it is to be refused
 */
export function readDatagram(bytes, newestTick, expectedCount) {
  const reader = new Reader(bytes);
  try {
    return readAll(reader, newestTick, expectedCount);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readAll(reader, newestTick, expectedCount) {
  const kind = reader.u8(), flags = reader.u8();
  if (kind !== 2 || flags > allFlags || (flags & (Flags.history | Flags.status)) === Flags.history) return null;
  const head = {
    stream: reader.u8(), seq: reader.u16(), tick: nearest(reader.u16(), newestTick), check: reader.u16(),
    hasMore: !!(flags & Flags.more), hasStatus: !!(flags & Flags.status), hasChain: !!(flags & Flags.chain), hasOwnState: !!(flags & Flags.ownState),
    appliedTick: 0, appliedCount: 0, margin: 0, received: 0, receivedHistory: 0xffffffff, chain: 0, x: 0, y: 0, vx: 0, vy: 0, rotation: 0,
    leaves: [], blocks: [],
  };
  if (head.hasStatus && !readStatus(reader, head, expectedCount)) return null;
  if (flags & Flags.history) head.receivedHistory = reader.u32();
  if (head.hasChain) head.chain = reader.u32();
  if (head.hasOwnState) for (const name of ["x", "y", "vx", "vy", "rotation"]) head[name] = reader.f32();
  if (flags & Flags.leaves) {
    const count = reader.u8();
    if (count === 0) return null;
    while (head.leaves.length < count) head.leaves.push(reader.u16());
  }
  while (reader.left > 0) {
    const block = readBlock(reader);
    if (!block) return null;
    head.blocks.push(block);
  }
  return head;
}

function readStatus(reader, head, expectedCount) {
  const back = reader.u8();
  head.appliedTick = back === 255 ? reader.u64() : head.tick - back;
  if (head.appliedTick < 0) return false;
  head.appliedCount = nearest(reader.u16(), expectedCount);
  head.margin = reader.i16();
  const ahead = reader.u8();
  head.received = ahead === 255 ? reader.u32() : head.appliedCount + ahead;
  return true;
}

function readBlock(reader) {
  const cell = reader.varint(), bases = reader.u8();
  let age = bases & 31, gap = bases >> 5;
  if (age === 31) {
    if (gap !== 0) return null;
    age = reader.u8();
    gap = reader.u8();
    if (age > 63 || gap > 63 || (age < 31 && gap < 8)) return null;
  }
  const length = reader.varint();
  if (cell > 65535 || length > longestBlock || length > reader.left || (age === 0 && gap !== 0)) return null;
  const at = reader.at;
  reader.at += length;
  return { cell, age, gap, at, length };
}
