// A track of `aetheris replay track` (docs/protocol/recording.md), and where everybody was at any moment of it.

const maxBytes = 256 * 1024 * 1024;

/** A file that is no track; its message is for people. */
export class TrackProblem extends Error {}

export class Track {
  #entities;

  /** @param {object} json what the file says @throws {TrackProblem} */
  constructor(json) {
    if (json?.format !== 1 || !Array.isArray(json.entities) || !(json.samples > 0) || !(json.every > 0) || !(json.tickRate > 0))
      throw new TrackProblem("This file is not a track, or one of another version.");
    ({ room: this.room, samples: this.samples, every: this.every, tickRate: this.tickRate, fromTick: this.fromTick, bounds: this.bounds } = json);
    this.events = Array.isArray(json.events) ? json.events : [];
    const metre = 1 / json.unitsPerMetre, turn = 2 * Math.PI / json.unitsPerTurn;
    this.#entities = json.entities.map(entity => ({
      id: entity.id, type: entity.type, name: entity.name, from: entity.from,
      x: sums(entity.x, metre), y: sums(entity.y, metre), r: sums(entity.r, turn),
    }));
  }

  /** @param {Blob} file @returns {Promise<Track>} @throws {TrackProblem} */
  static async read(file) {
    if (file.size > maxBytes) throw new TrackProblem("This file is larger than 256 MB.");
    let json;
    try {
      json = JSON.parse(await file.text());
    } catch {
      throw new TrackProblem("This file is not JSON.");
    }
    return new Track(json);
  }

  /** Seconds from the first sample to the last. */
  get seconds() { return (this.samples - 1) * this.every / this.tickRate; }

  /** The tick at a moment. @param {number} seconds */
  tickAt(seconds) { return this.fromTick + Math.round(seconds * this.tickRate); }

  /** The moment of a tick, seconds. */
  momentOf(tick) { return (tick - this.fromTick) / this.tickRate; }

  /** Who has a name, by id: `{id, name}`. */
  get pilots() { return this.#entities.filter(({ name }) => name).sort((a, b) => a.id - b.id); }

  /** Calls back with everybody who is there: metres, radians, metres per second. @param {number} seconds @param {(entity: object, x: number, y: number, r: number, vx: number, vy: number) => void} draw */
  forEachAt(seconds, draw) {
    const at = Math.min(Math.max(seconds * this.tickRate / this.every, 0), this.samples - 1);
    const sample = Math.min(Math.floor(at), this.samples - 1), part = at - sample;
    const [minX, minY, maxX, maxY] = this.bounds, width = maxX - minX, height = maxY - minY, perSecond = this.tickRate / this.every;
    for (const entity of this.#entities) {
      const i = sample - entity.from;
      if (i < 0 || i >= entity.x.length) continue;
      const next = i + 1 < entity.x.length ? i + 1 : i;
      draw(
        entity,
        entity.x[i] + part * way(entity.x[i], entity.x[next], width),
        entity.y[i] + part * way(entity.y[i], entity.y[next], height),
        entity.r[i] + part * way(entity.r[i], entity.r[next], 2 * Math.PI),
        perSecond * way(entity.x[i], entity.x[next], width),
        perSecond * way(entity.y[i], entity.y[next], height));
    }
  }

  /** What happened in a span of time, newest last. @param {number} from @param {number} through seconds */
  eventsBetween(from, through) {
    const first = this.fromTick + from * this.tickRate, last = this.fromTick + through * this.tickRate;
    return this.events.filter(event => event.tick > first && event.tick <= last);
  }

  /** Name of an entity for people. @param {number} id */
  nameOf(id) { return this.#entities.find(entity => entity.id === id)?.name ?? `#${id}`; }
}

/** The first value and then differences, as values. */
function sums(values, unit) {
  const result = new Float32Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) result[i] = (sum += values[i]) * unit;
  return result;
}

/** On a circle of that length the shorter way counts. */
function way(from, to, circle) {
  const straight = to - from;
  return straight > circle / 2 ? straight - circle : straight < -circle / 2 ? straight + circle : straight;
}
