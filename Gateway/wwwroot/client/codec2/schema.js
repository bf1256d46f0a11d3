// What both ends of codec 2 know of a world: made from the JSON of GET /api/world, which the vectors have too.

const P24 = 2 ** 24;
const steps = 64;

/** Components in coding order, types with their prototypes and tables of motion (docs/protocol/codec2.md §3, §4.1). */
export class Schema {
  #types = new Map();
  #plain;

  /** @param {object} json `schema` of a vector file or of /api/world @param {number} [tickRate] that of the room, if it is another */
  constructor(json, tickRate = json.tick_rate) {
    this.rate = tickRate;
    this.minX = json.min_x;
    this.minY = json.min_y;
    /** Sides in metres. */
    this.width = json.size_x;
    this.height = json.size_y;
    /** Sides in steps of 1/256 m. */
    this.sizeX = Math.round(json.size_x * 256);
    this.sizeY = Math.round(json.size_y * 256);
    this.components = json.components.map((component, index) => ({
      bit: component.bit, mask: 1n << BigInt(component.bit), kind: component.kind, role: component.role, size: component.size,
      countdown: component.countdown_offset, place: Math.min(index, 31),
    }));
    this.slow = this.components.filter((component) => component.role === "slow");
    this.links = json.links;
    for (const type of json.types) {
      const prototype = new Map(Object.entries(type.prototype).map(([bit, hex]) => [Number(bit), fromHex(hex)]));
      this.#types.set(type.number, {
        prototype, mask: BigInt(type.prototype_mask), most: type.max_acceleration, ...motionTables(tickRate, type.drag_thousandths, type.turn_rate_thousandths),
      });
    }
    this.#plain = { prototype: new Map(), mask: 0n, most: 0, ...motionTables(tickRate, 0, 0) };
  }

  /** A type; one that is not known rests. */
  type(number) { return this.#types.get(number) ?? this.#plain; }
}

/** Bytes of a text of hexadecimal digits. */
export function fromHex(text) {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

function motionTables(r, drag, turn) {
  const k = Math.floor((P24 * 1000 * r + Math.floor((1000 * r + drag) / 2)) / (1000 * r + drag));
  const keep = [P24], push = [0], reach = [0];
  for (let n = 1, kept = 0, pushed = 0; n < steps; n++) {
    keep[n] = Math.floor((keep[n - 1] * k + 2 ** 23) / P24);
    kept += keep[n];
    push[n] = Math.floor((32 * kept + r) / (2 * r));
    pushed += push[n];
    reach[n] = Math.floor((32 * pushed + r) / (2 * r));
  }
  return { keep, push, reach, turnStep: Math.floor((turn * 65536 + 180000 * r) / (360000 * r)) };
}
