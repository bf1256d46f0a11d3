// Reads MessagePack values as codec 1 produces them (WIRE_FORMAT §2). Bounded by the buffer: anything cut or unknown throws a RangeError.

const utf8 = new TextDecoder("utf-8");

/** A cursor over one message. Integers above 2^53 come as BigInt, binary as Uint8Array, maps as arrays of [key, value]. */
export class MessagePackReader {
  #view;
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes one message */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read() {
    const head = this.#view.getUint8(this.#at++);
    if (head <= 0x7f) return head;
    if (head >= 0xe0) return head - 0x100;
    if (head <= 0x8f) return this.#map(head & 0x0f);
    if (head <= 0x9f) return this.#array(head & 0x0f);
    if (head <= 0xbf) return this.#string(head & 0x1f);
    switch (head) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: return this.#binary(this.#uint(1));
      case 0xc5: return this.#binary(this.#uint(2));
      case 0xc6: return this.#binary(this.#uint(4));
      case 0xca: { const v = this.#view.getFloat32(this.#at); this.#at += 4; return v; }
      case 0xcb: { const v = this.#view.getFloat64(this.#at); this.#at += 8; return v; }
      case 0xcc: return this.#uint(1);
      case 0xcd: return this.#uint(2);
      case 0xce: return this.#uint(4);
      case 0xcf: {
        const v = this.#view.getBigUint64(this.#at);
        this.#at += 8;
        return v <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(v) : v;
      }
      case 0xd9: return this.#string(this.#uint(1));
      case 0xda: return this.#string(this.#uint(2));
      case 0xdb: return this.#string(this.#uint(4));
      case 0xdc: return this.#array(this.#uint(2));
      case 0xdd: return this.#array(this.#uint(4));
      case 0xde: return this.#map(this.#uint(2));
      case 0xdf: return this.#map(this.#uint(4));
      default: throw new RangeError(`unexpected head 0x${head.toString(16)}`);
    }
  }

  #uint(size) {
    const at = this.#at;
    this.#at += size;
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #slice(length) {
    if (length > this.#bytes.length - this.#at) throw new RangeError("length beyond the message");
    const slice = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return slice;
  }

  #string(length) { return utf8.decode(this.#slice(length)); }

  #binary(length) { return this.#slice(length); }

  #array(length) {
    const values = [];
    for (let i = 0; i < length; i++) values.push(this.read());
    return values;
  }

  #map(length) {
    const entries = [];
    for (let i = 0; i < length; i++) entries.push([this.read(), this.read()]);
    return entries;
  }
}
