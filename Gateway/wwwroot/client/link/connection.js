// One WebSocket to one gateway, with the impairment that its user asked for.
import { ImpairedDirection } from "./impairment.js";
import { LinkKind } from "./kinds.js";

const isReliable = (message) => {
  const kind = new Uint8Array(message, 0, 1)[0];
  return kind === LinkKind.control || kind === LinkKind.events;
};

/** Opens at once. Calls `onMessage(ArrayBuffer)` and, once, `onClose()`; neither after {@link drop}. */
export class Connection {
  onMessage = () => {};
  onClose = () => {};
  /** Bytes and messages, both ways, before the impairment takes any. */
  traffic = { bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 };
  #socket;
  #up;
  #down;

  /** @param {string} url @param {ArrayBuffer} request the connect request @param {object} impairment see {@link ImpairedDirection} */
  constructor(url, request, impairment, WebSocketType = WebSocket) {
    const socket = this.#socket = new WebSocketType(url);
    socket.binaryType = "arraybuffer";
    this.#up = new ImpairedDirection(impairment, (message) => { if (this.isOpen) socket.send(message); });
    this.#down = new ImpairedDirection(impairment, (message) => this.onMessage(message));
    socket.onopen = () => socket.send(request);
    socket.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength === 0) return;
      this.traffic.bytesIn += data.byteLength;
      this.traffic.messagesIn++;
      this.#down.offer(data, isReliable(data), performance.now());
    };
    socket.onclose = () => this.onClose();
  }

  get isOpen() { return this.#socket.readyState === 1; }

  /** Messages that the impairment lost, of those offered, both ways. */
  get impaired() { return { seen: this.#up.seen + this.#down.seen, dropped: this.#up.dropped + this.#down.dropped }; }

  /** @param {ArrayBuffer} message */
  send(message) {
    if (!this.isOpen) return;
    this.traffic.bytesOut += message.byteLength;
    this.traffic.messagesOut++;
    this.#up.offer(message, isReliable(message), performance.now());
  }

  /** Ends without a word. */
  drop() {
    this.onMessage = () => {};
    this.onClose = () => {};
    this.#up.stop();
    this.#down.stop();
    this.#socket.onmessage = null;

    // Browsers complain about a socket that is closed before it is open.
    if (this.#socket.readyState === 0) this.#socket.onopen = () => this.#socket.close();
    else this.#socket.close();
  }
}
