// Bitmaps of shapes and labels, made once: a frame only copies them.
import { drawShape } from "./shapes.js";

const paddingPixels = 12;
const keptLabels = 512;

function canvas(width, height) {
  return new OffscreenCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
}

/** One per renderer. */
export class Sprites {
  #shapes = new Map();
  #labels = new Map();
  #scale = 0;

  /** Pixels per metre. What was made for another scale is made anew. */
  set scale(scale) {
    if (Math.abs(scale - this.#scale) < 0.02 * scale) return;
    this.#scale = scale;
    this.#shapes.clear();
  }

  /** A shape as a bitmap whose middle is the entity's. */
  shape(type, colour, radius, seed = 0) {
    const key = `${type} ${colour} ${seed}`;
    let sprite = this.#shapes.get(key);
    if (sprite) return sprite;
    const r = radius * this.#scale, size = 2.4 * r + 2 * paddingPixels;
    sprite = canvas(size, size);
    const context = sprite.getContext("2d");
    context.translate(sprite.width / 2, sprite.height / 2);
    context.scale(r, -r);
    drawShape(context, type, colour, seed, 1 / r);
    this.#shapes.set(key, sprite);
    return sprite;
  }

  /** A line of text as a bitmap. */
  label(text, colour, pixels) {
    const key = `${colour} ${pixels} ${text}`;
    let sprite = this.#labels.get(key);
    if (sprite) return sprite;
    if (this.#labels.size > keptLabels) this.#labels.clear();
    const font = `600 ${pixels}px system-ui, sans-serif`;
    const probe = canvas(1, 1).getContext("2d");
    probe.font = font;
    sprite = canvas(probe.measureText(text).width + 8, pixels * 1.5);
    const context = sprite.getContext("2d");
    context.font = font;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = "rgb(5 8 18 / 85%)";
    context.strokeText(text, sprite.width / 2, sprite.height / 2);
    context.fillStyle = colour;
    context.fillText(text, sprite.width / 2, sprite.height / 2);
    this.#labels.set(key, sprite);
    return sprite;
  }
}
