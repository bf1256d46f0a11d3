// The arithmetic decoder of codec 2 (docs/protocol/codec2.md §5): adaptive bits, raw bits, numbers.
import { slowContexts } from "./tables.js";

const P32 = 2 ** 32;
const firstSlow = 1203;
const contextCount = 2099;

/** One per receiver; {@link start} it for each block. Reading never throws: ask {@link overrun}. */
export class RangeDecoder {
  #p = new Uint16Array(contextCount);
  #bytes = new Uint8Array();
  #at = 0;
  #low = 0;
  #high = 0;
  #value = 0;

  /** @param {Uint8Array} bytes one block @param {Uint16Array | null} motion contexts of records, null without a base */
  start(bytes, motion) {
    this.#bytes = bytes;
    this.#at = 0;
    this.#low = 0;
    this.#high = P32 - 1;
    this.#value = 0;
    if (motion) this.#p.set(motion, 0);
    this.#p.set(slowContexts, firstSlow);
    for (let i = 0; i < 4; i++) this.#value = this.#value * 256 + this.#take();
  }

  /** Whether more was read than the block can hold: it is no block. */
  get overrun() { return this.#at > this.#bytes.length + 4; }

  /** A bit with an adaptive context. */
  bit(context) {
    const p = this.#p[context];
    const middle = this.#low + Math.floor(((this.#high - this.#low) * p) / 65536);
    if (this.#value <= middle) {
      this.#high = middle;
      this.#p[context] = p + ((65536 - p) >> 5);
      this.#shift();
      return 1;
    }
    this.#low = middle + 1;
    this.#p[context] = p - (p >> 5);
    this.#shift();
    return 0;
  }

  /** Up to 32 bits without a context, highest first. */
  raw(count) {
    let value = 0;
    for (; count > 0; count--) {
      const middle = this.#low + Math.floor((this.#high - this.#low) / 2);
      const one = this.#value <= middle;
      if (one) this.#high = middle; else this.#low = middle + 1;
      value = value * 2 + (one ? 1 : 0);
      this.#shift();
    }
    return value;
  }

  /** A signed number. @param {number} first its first context @param {number} most its largest length in bits */
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

  /** An unsigned number of at most 32 bits. */
  unsigned(first, most) {
    const length = this.#length(first, most);
    return length === 0 ? 0 : 2 ** (length - 1) + this.raw(length - 1);
  }

  /** An unsigned number of at most 64 bits. */
  unsigned64(first) {
    const length = this.#length(first, 64);
    let value = length === 0 ? 0n : 1n;
    for (let i = 1; i < length; i++) value = value * 2n + BigInt(this.raw(1));
    return value;
  }

  /** A number of `count` bits, each in the context of those before. */
  tree(first, count) {
    let node = 1;
    for (let i = 0; i < count; i++) node = node * 2 + this.bit(first + node);
    return node - 2 ** count;
  }

  #length(first, most) {
    let length = 0;
    while (length < most && this.bit(first + length)) length++;
    return length;
  }

  #take() {
    const at = this.#at++;
    return at < this.#bytes.length ? this.#bytes[at] : 0;
  }

  #shift() {
    while (((this.#low ^ this.#high) & 0xff000000) === 0) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 255) >>> 0;
      this.#value = ((this.#value << 8) | this.#take()) >>> 0;
    }
  }
}
