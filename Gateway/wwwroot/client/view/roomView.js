// What this client knows of its room: entities by id, each component the newest it heard.
import { ComponentKind, readComponent } from "./components.js";
import { Trail, TrailSpace } from "./trail.js";

const maxTombstones = 65536;
const maxEntities = 65536;

/** One entity as received. */
export class Entity {
  /** Components but place and velocity, by kind. @type {Map<number, any>} */
  values = new Map();
  x = 0;
  y = 0;
  vx = 0;
  vy = 0;
  rotation = 0;
  /** Tick of place and velocity; 0 before the first. */
  tick = 0;

  constructor(id, type, space) {
    this.id = id;
    this.type = type;
    this.trail = new Trail(space);
  }

  get(kind) { return this.values.get(kind); }

  /** The newest place, velocity and rotation. */
  move(tick, x, y, vx, vy, rotation) {
    if (tick < this.tick) return;
    Object.assign(this, { tick, x, y, vx, vy, rotation });
    this.trail.add(tick, x, y, vx, vy, rotation);
  }

  set(kind, bytes) { this.values.set(kind, readComponent(kind, bytes)); }
}

/** The room as received so far. */
export class RoomView {
  /** @type {Map<number, Entity>} */
  entities = new Map();
  /** Network id of the own ship, 0 without one. */
  ship = 0;
  roomEpoch = 0;
  newestTick = 0;
  space = new TrailSpace();
  #dead = new Set();
  #leaving = [];

  get bounds() { return this.space.bounds; }
  get own() { return this.entities.get(this.ship); }

  /** Forgets all entities, also that some were despawned. */
  clear() {
    this.entities.clear();
    this.#dead.clear();
    this.#leaving = [];
  }

  /** The entity of an id, made if it is new; null when it is dead or the view is full. */
  enter(id, type) {
    if (this.#dead.has(id)) return null;
    let entity = this.entities.get(id);
    if (entity) entity.type = type;
    else if (this.entities.size < maxEntities) this.entities.set(id, entity = new Entity(id, type, this.space));
    return entity ?? null;
  }

  /** An entity is out of sight: it may come back. */
  forget(id) { this.entities.delete(id); }

  /** An entity is gone for good. The picture, which is behind, keeps it until it has reached that tick: see {@link release}. */
  despawn(id, tick = 0) {
    this.#dead.add(id);
    if (this.#dead.size > maxTombstones) this.#dead.delete(this.#dead.values().next().value);
    this.#leaving.push({ id, tick });
  }

  /** The picture has reached a tick. */
  release(shownTick) {
    if (this.#leaving.length === 0) return;
    for (const { id, tick } of this.#leaving) {
      if (tick > shownTick) continue;
      this.entities.delete(id);
      if (this.ship === id) this.ship = 0;
    }
    this.#leaving = this.#leaving.filter(({ tick }) => tick > shownTick);
  }

  /** A component was received. */
  note(entity, kind, bytes) {
    entity.set(kind, bytes);
    if (kind !== ComponentKind.roomBounds) return;
    const bounds = entity.get(kind);
    if (bounds.maxX > bounds.minX && bounds.maxY > bounds.minY) this.space.bounds = bounds;
  }
}
