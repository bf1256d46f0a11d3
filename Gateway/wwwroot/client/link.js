// The link envelope (Protocol/Link): what crosses the WebSocket, byte for byte the same as on UDP. Little-endian.

export const LinkKind = { control: 0, codec1: 1, state: 2, input: 3, events: 4 };
export const ControlKind = { accept: 1, reject: 2, clock: 3, inputAck: 4, pause: 5, redirect: 6, close: 7, ping: 8, pong: 9, authResult: 10 };
export const CloseReason = { none: 0, quit: 1, badToken: 2, expiredToken: 3, usedToken: 4 };
export const EventKind = { joined: 1, joinRefused: 2, left: 3, possession: 4, death: 8, cleared: 11, despawned: 12 };
export const Buttons = { toggleMining: 1, firePrimary: 2, fire: 4 };

const linkVersion = 1;
const magic = 0x48544541;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** The first message on a connection. */
export function connectRequest(token, { spectate = false, codec = 1 } = {}) {
  const bytes = utf8.encode(token);
  const view = new DataView(new ArrayBuffer(10 + bytes.length));
  view.setUint32(0, magic, true);
  view.setUint16(4, linkVersion, true);
  view.setUint8(6, codec);
  view.setUint8(7, spectate ? 1 : 0);
  view.setUint16(8, bytes.length, true);
  new Uint8Array(view.buffer).set(bytes, 10);
  return view.buffer;
}

/** A packet of inputs, newest first: each {sequence, targetTick, x, y, buttons, viewDelay}. */
export function inputPacket(inputs) {
  const view = new DataView(new ArrayBuffer(15 + inputs.length * 19));
  let at = 0;
  view.setUint8(at++, LinkKind.input);
  view.setUint8(at++, 0);
  view.setUint32(at, inputs[0].sequence, true); at += 4;
  view.setUint8(at++, inputs.length);
  view.setBigUint64(at, BigInt(inputs[0].targetTick), true); at += 8;
  inputs.forEach((input, i) => {
    view.setUint8(at++, i === 0 ? 0 : inputs[i - 1].targetTick - input.targetTick);
    view.setFloat32(at, input.x, true); at += 4;
    view.setFloat32(at, input.y, true); at += 4;
    view.setUint8(at++, input.buttons);
    view.setUint8(at++, input.viewDelay);
    if (input.buttons & Buttons.toggleMining) { view.setBigUint64(at, BigInt(input.miningTarget ?? 0), true); at += 8; }
  });
  return view.buffer.slice(0, at);
}

/** A notice that this client leaves on purpose. */
export function quit(connection) {
  const view = new DataView(new ArrayBuffer(9));
  view.setUint8(0, LinkKind.control);
  view.setUint8(1, ControlKind.close);
  view.setUint8(2, CloseReason.quit);
  view.setUint32(3, connection, true);
  return view.buffer;
}

/** Reads a control message. @param {DataView} view the whole message */
export function readControl(view) {
  const kind = view.getUint8(1);
  let at = 2;
  const u8 = () => view.getUint8(at++);
  const u16 = () => { const v = view.getUint16(at, true); at += 2; return v; };
  const u32 = () => { const v = view.getUint32(at, true); at += 4; return v; };
  const i32 = () => { const v = view.getInt32(at, true); at += 4; return v; };
  const u64 = () => { const v = view.getBigUint64(at, true); at += 8; return Number(v); };
  const string = () => { const n = u16(); const v = text.decode(new Uint8Array(view.buffer, view.byteOffset + at, n)); at += n; return v; };
  switch (kind) {
    case ControlKind.accept: {
      const connection = u32();
      at += 16;
      return { kind, connection, room: string(), roomEpoch: u32(), tick: u64(), tickRate: u16() };
    }
    case ControlKind.reject:
    case ControlKind.close: return { kind, reason: u8(), connection: u32(), text: string() };
    case ControlKind.clock: return { kind, roomEpoch: u32(), tick: u64(), margin: i32() };
    case ControlKind.inputAck:
      return { kind, tick: u64(), appliedTick: u64(), appliedCount: u32(), chain: u32(), margin: i32(), received: u32() };
    case ControlKind.pause: return { kind, tick: u64() };
    case ControlKind.redirect: return { kind, host: string(), port: u16(), text: string() };
    default: return { kind };
  }
}

/** Reads an event batch. @param {DataView} view the whole message */
export function readEvents(view) {
  const batch = { roomEpoch: view.getUint32(1, true), tick: Number(view.getBigUint64(5, true)), events: [] };
  const count = view.getUint16(13, true);
  const size = 58;
  for (let i = 0, at = 15; i < count; i++, at += size) {
    batch.events.push({
      kind: view.getUint8(at),
      tick: Number(view.getBigUint64(at + 1, true)),
      entity: Number(view.getBigUint64(at + 29, true)),
      other: Number(view.getBigUint64(at + 37, true)),
      amount: view.getInt32(at + 53, true),
      reason: view.getUint8(at + 57),
    });
  }
  return batch;
}
