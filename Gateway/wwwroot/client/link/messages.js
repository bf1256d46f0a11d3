// The bytes of the link (docs/protocol/link.md): requests and inputs written, control messages and events read. Little-endian.
import { Buttons, ControlKind, LinkKind } from "./kinds.js";

const magic = 0x48544541;
const linkVersion = 1;
const codec = 2;
const Flags = { spectate: 1, chat: 4 };
const eventSize = 58;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** The first message on a connection. */
export function connectRequest(token, { spectate = false, chat = false } = {}) {
  const bytes = utf8.encode(token);
  const view = new DataView(new ArrayBuffer(10 + bytes.length));
  view.setUint32(0, magic, true);
  view.setUint16(4, linkVersion, true);
  view.setUint8(6, codec);
  view.setUint8(7, (spectate ? Flags.spectate : 0) | (chat ? Flags.chat : 0));
  view.setUint16(8, bytes.length, true);
  new Uint8Array(view.buffer).set(bytes, 10);
  return view.buffer;
}

/**
 * A packet of inputs, newest first, and of acknowledgements.
 * @param {object[]} inputs {sequence, targetTick, x, y, buttons, viewDelay, miningTarget} @param {{newest: number, history: bigint} | null} acks
 */
export function inputPacket(inputs, acks) {
  const view = new DataView(new ArrayBuffer(25 + inputs.length * 19));
  let at = 0;
  view.setUint8(at++, LinkKind.input);
  view.setUint8(at++, acks ? 1 : 0);
  if (acks) {
    view.setUint16(at, acks.newest, true); at += 2;
    view.setBigUint64(at, acks.history, true); at += 8;
  }
  view.setUint32(at, inputs.length ? inputs[0].sequence : 0, true); at += 4;
  view.setUint8(at++, inputs.length);
  view.setBigUint64(at, BigInt(inputs.length ? inputs[0].targetTick : 0), true); at += 8;
  inputs.forEach((input, i) => {
    view.setUint8(at++, i === 0 ? 0 : inputs[i - 1].targetTick - input.targetTick);
    view.setFloat32(at, input.x, true); at += 4;
    view.setFloat32(at, input.y, true); at += 4;
    view.setUint8(at++, input.buttons);
    view.setUint8(at++, input.viewDelay);
    if (input.buttons & Buttons.toggleMining) { view.setBigUint64(at, BigInt(input.miningTarget), true); at += 8; }
  });
  return view.buffer.slice(0, at);
}

function control(kind, size) {
  const view = new DataView(new ArrayBuffer(2 + size));
  view.setUint8(0, LinkKind.control);
  view.setUint8(1, kind);
  return view;
}

/** A notice that this client leaves. @param {number} reason a CloseReason @param {number} connection */
export function closeMessage(reason, connection) {
  const view = control(ControlKind.close, 7);
  view.setUint8(2, reason);
  view.setUint32(3, connection, true);
  return view.buffer;
}

/** A question for the round trip. @param {number} stamp a whole number that comes back */
export function ping(stamp) {
  const view = control(ControlKind.ping, 8);
  view.setBigUint64(2, BigInt(stamp), true);
  return view.buffer;
}

/** A newer access token for this connection: the original's Auth message, {"Auth": [token]} in MessagePack. */
export function auth(token) {
  const bytes = utf8.encode(token), length = bytes.length;
  // How MessagePack begins a text of this length; a token has more than 31 bytes.
  const head = length < 256 ? [0xd9, length] : [0xda, length >> 8, length & 255];
  return new Uint8Array([LinkKind.codec1, 0x81, 0xa4, 0x41, 0x75, 0x74, 0x68, 0x91, ...head, ...bytes]).buffer;
}

/** Something to say to the room. */
export function say(line) {
  const bytes = utf8.encode(line);
  const view = control(ControlKind.say, 2 + bytes.length);
  view.setUint16(2, bytes.length, true);
  new Uint8Array(view.buffer).set(bytes, 4);
  return view.buffer;
}

/** Reads a control message; null where it is none. @param {DataView} view the whole message */
export function readControl(view) {
  try {
    return readFields(view);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readFields(view) {
  const kind = view.getUint8(1);
  let at = 2;
  const step = (size) => { at += size; return at - size; };
  const u8 = () => view.getUint8(step(1));
  const u16 = () => view.getUint16(step(2), true);
  const u32 = () => view.getUint32(step(4), true);
  const i32 = () => view.getInt32(step(4), true);
  const u64 = () => Number(view.getBigUint64(step(8), true));
  const player = () => {
    const high = view.getBigUint64(step(8), true), low = view.getBigUint64(step(8), true);
    return high.toString(16).padStart(16, "0") + low.toString(16).padStart(16, "0");
  };
  const string = () => {
    const length = u16();
    return text.decode(new Uint8Array(view.buffer, view.byteOffset + step(length), length));
  };
  switch (kind) {
    case ControlKind.accept: return { kind, connection: u32(), player: player(), room: string(), roomEpoch: u32(), tick: u64(), tickRate: u16() };
    case ControlKind.reject:
    case ControlKind.close: return { kind, reason: u8(), connection: u32(), text: string() };
    case ControlKind.clock: return { kind, roomEpoch: u32(), tick: u64(), margin: i32() };
    case ControlKind.inputAck:
      return { kind, tick: u64(), appliedTick: u64(), appliedCount: u32(), chain: u32(), margin: i32(), received: u32() };
    case ControlKind.pause: return { kind, tick: u64() };
    case ControlKind.redirect: return { kind, host: string(), port: u16(), text: string() };
    case ControlKind.pong: return { kind, stamp: u64(), tick: u64() };
    case ControlKind.authResult: return { kind, reason: u8(), expires: u64(), text: string() };
    case ControlKind.chat: return { kind, player: player(), name: string(), line: string() };
    default: return null;
  }
}

/** Reads an event batch; null where it is none. @param {DataView} view the whole message */
export function readEvents(view) {
  if (view.byteLength < 15) return null;
  const count = view.getUint16(13, true);
  if (view.byteLength !== 15 + count * eventSize) return null;
  const batch = { roomEpoch: view.getUint32(1, true), tick: Number(view.getBigUint64(5, true)), events: [] };
  for (let i = 0, at = 15; i < count; i++, at += eventSize) {
    const high = view.getBigUint64(at + 9, true), low = view.getBigUint64(at + 17, true);
    batch.events.push({
      kind: view.getUint8(at),
      tick: Number(view.getBigUint64(at + 1, true)),
      to: high || low ? high.toString(16).padStart(16, "0") + low.toString(16).padStart(16, "0") : "",
      connection: view.getUint32(at + 25, true),
      entity: Number(view.getBigUint64(at + 29, true)),
      other: Number(view.getBigUint64(at + 37, true)),
      x: view.getFloat32(at + 45, true),
      y: view.getFloat32(at + 49, true),
      amount: view.getInt32(at + 53, true),
      reason: view.getUint8(at + 57),
    });
  }
  return batch;
}
