// Decodes the bytes of one component's value (docs/protocol/codec2.md §6.3).

const mostPerValue = 1024;
const mostPerDatagram = 65536;
const none = new Uint8Array();

/** Values come against the prototype of their type and what else the record has said. */
export class ValueDecoder {
  #schema;
  #coder;
  #total = 0;

  /** @param {import("./schema.js").Schema} schema @param {import("./rangeDecoder.js").RangeDecoder} coder */
  constructor(schema, coder) {
    this.#schema = schema;
    this.#coder = coder;
  }

  startDatagram() { this.#total = 0; }

  /**
   * @param {object} type @param {object} component @param {0 | 1} changed 0 for an entrant
   * @param {Map<number, Uint8Array>} coded values that this record has said before, by bit
   * @returns {Uint8Array | null} null: not a value
   */
  decode(type, component, changed, coded) {
    const coder = this.#coder, place = component.place;
    const expected = this.#expected(type, component, coded);
    let value = expected;
    if (!coder.bit(1522 + 32 * changed + place)) {
      const length = component.size >= 0 ? component.size : coder.bit(1586) ? expected.length : coder.raw(11);
      if (length > mostPerValue || this.#total + length > mostPerDatagram) return null;
      value = new Uint8Array(length);
      for (let i = 0; i < length; i++)
        value[i] = coder.bit(1587 + 8 * place + Math.min(7, i)) ? (expected[i] ?? 0) : coder.tree(1843, 8);
    }
    this.#total += value.length;
    return this.#total > mostPerDatagram || coder.overrun ? null : value;
  }

  #expected(type, component, coded) {
    const prototype = type.prototype.get(component.bit) ?? none;
    const expected = new Uint8Array(component.size >= 0 ? component.size : prototype.length);
    expected.set(prototype.subarray(0, expected.length));
    for (const link of this.#schema.links) {
      const source = link.bit === component.bit && coded.get(link.source_bit);
      if (source) expected.set(source.subarray(link.source_offset, link.source_offset + link.length), link.offset);
    }
    return expected;
  }
}
