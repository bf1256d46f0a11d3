// What this client knows of the room: newest-wins per component, never reviving what is gone.

import { MessagePackReader } from "./messagepack.js";

const ComponentKind = { transform: 1, velocity: 2, playerName: 6, roomBounds: 130, asteroid: 1026 };
const keptTransforms = 8;


/** The room as received so far. */
export class RoomView {
  /** @type {Map<number, {transforms: {tick: number, x: number, y: number, rotation: number, type: number}[], ticks: Map<number, number>, name?: string, ore?: number}>} */
  entities = new Map();
  bounds = { minX: -250, minY: -250, maxX: 250, maxY: 250 };
  newestTick = 0;
  #gone = new Set();

  /** Forgets everything: another room, or a new epoch of this one. */
  clear() {
    this.entities.clear();
    this.#gone.clear();
    this.newestTick = 0;
  }

  /** An entity has left the room. Its id is never used again in this epoch. */
  despawn(id) {
    this.entities.delete(id);
    this.#gone.add(id);
  }

  /** Applies a codec-1 message. @param {Uint8Array} bytes without the link's kind byte */
  applyCodec1(bytes) {
    const value = new MessagePackReader(bytes).read();
    if (!Array.isArray(value) || value.length !== 1 || value[0][0] !== "ReplicationBatch") return;
    for (const [id, kind, payload, tick] of value[0][1]) this.#update(id, kind, payload, tick);
  }

  #update(id, kind, payload, tick) {
    if (this.#gone.has(id)) return;
    if (tick > this.newestTick) this.newestTick = tick;
    let entity = this.entities.get(id);
    if (!entity) this.entities.set(id, entity = { transforms: [], ticks: new Map() });
    if ((entity.ticks.get(kind) ?? -1) >= tick) return;
    entity.ticks.set(kind, tick);
    const fields = new MessagePackReader(payload).read();
    switch (kind) {
      case ComponentKind.transform:
        entity.transforms.push({ tick, x: fields[0], y: fields[1], rotation: fields[3], type: fields[4] });
        if (entity.transforms.length > keptTransforms) entity.transforms.shift();
        break;
      case ComponentKind.playerName: entity.name = fields[0]; break;
      case ComponentKind.asteroid: entity.ore = fields[0]; break;
      case ComponentKind.roomBounds: this.bounds = { minX: fields[0], minY: fields[1], maxX: fields[2], maxY: fields[3] }; break;
    }
  }

  /** Where an entity is at a (fractional) tick: between two known states, else at the nearest known one. */
  at(entity, tick) {
    const known = entity.transforms;
    if (known.length === 0) return null;
    let after = known.length - 1;
    if (tick >= known[after].tick) return known[after];
    while (after > 0 && known[after - 1].tick > tick) after--;
    if (after === 0) return known[0];
    const a = known[after - 1], b = known[after], part = (tick - a.tick) / (b.tick - a.tick);
    return {
      tick,
      x: this.wrapX(a.x + this.deltaX(a.x, b.x) * part),
      y: this.wrapY(a.y + this.deltaY(a.y, b.y) * part),
      rotation: a.rotation + shortestAngle(b.rotation - a.rotation) * part,
      type: b.type,
    };
  }

  get width() { return this.bounds.maxX - this.bounds.minX; }
  get height() { return this.bounds.maxY - this.bounds.minY; }

  /** Shortest way from one x to another on the torus. */
  deltaX(from, to) { return shortest(to - from, this.width); }
  deltaY(from, to) { return shortest(to - from, this.height); }
  wrapX(x) { return wrap(x, this.bounds.minX, this.width); }
  wrapY(y) { return wrap(y, this.bounds.minY, this.height); }
}

function shortest(delta, size) {
  if (delta > size / 2) return delta - size;
  return delta < -size / 2 ? delta + size : delta;
}

function wrap(value, min, size) {
  const r = (value - min) % size;
  return (r < 0 ? r + size : r) + min;
}

function shortestAngle(delta) {
  const r = delta % (2 * Math.PI);
  return r > Math.PI ? r - 2 * Math.PI : r < -Math.PI ? r + 2 * Math.PI : r;
}
