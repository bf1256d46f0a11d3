// Components by kind (Protocol/Components): how their bytes are read. A game adds its own with {@link registerComponent}.

export const ComponentKind = {
  transform: 1, velocity: 2, shipStats: 3, loadout: 4, shipClass: 5, playerName: 6, factionTag: 7, projectileMarker: 13, roomDefinition: 129,
  roomBounds: 130, roomMembership: 131, miningBeam: 1024, cargoHold: 1025, asteroid: 1026, weapon: 1027, shieldPool: 1028, hullPool: 1029, cargoDrop: 1030,
};

const utf8 = new TextDecoder();
const u16 = (view, at) => view.getUint16(at, true);
const f32 = (view, at) => view.getFloat32(at, true);
const u64 = (view, at) => Number(view.getBigUint64(at, true));
const pool = (view) => ({ current: u16(view, 0), most: u16(view, 2) });

const readers = new Map([
  [ComponentKind.playerName, (view) => utf8.decode(new Uint8Array(view.buffer, view.byteOffset + 2, u16(view, 0)))],
  [ComponentKind.shipStats, (view) => ({ energy: u16(view, 8), mostEnergy: u16(view, 10) })],
  [ComponentKind.projectileMarker, (view) => ({ type: view.getUint8(0), owner: u64(view, 13), lifetimeTicks: view.getUint32(21, true) })],
  [ComponentKind.roomBounds, (view) => ({ minX: f32(view, 0), minY: f32(view, 4), maxX: f32(view, 8), maxY: f32(view, 12) })],
  [ComponentKind.miningBeam, (view) => ({ active: view.getUint8(0) !== 0, target: view.getUint8(1) ? u64(view, 2) : 0, range: f32(view, 10), rate: u16(view, 14) })],
  [ComponentKind.cargoHold, pool],
  [ComponentKind.asteroid, pool],
  [ComponentKind.weapon, (view) => ({ cooldownTicks: u16(view, 0), lastFiredTick: u64(view, 2) })],
  [ComponentKind.shieldPool, pool],
  [ComponentKind.hullPool, pool],
  [ComponentKind.cargoDrop, (view) => ({ quantity: u16(view, 0) })],
]);

/** Names how the values of a component are read; without it they stay bytes. @param {number} kind @param {(view: DataView) => any} read */
export function registerComponent(kind, read) { readers.set(kind, read); }

/** A value from its bytes; the bytes themselves where nobody said how to read them, or they are too short. */
export function readComponent(kind, bytes) {
  const read = readers.get(kind);
  if (!read) return bytes;
  try {
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}
