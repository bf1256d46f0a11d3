// Bitmaps of shapes and labels, made once: a frame only copies them.
import { drawShape } from "./shapes.js";

const paddingPixels = 12;
const glowPixels = 64;
const keptLabels = 512;

function canvas(width, height) {
  return new OffscreenCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
}

/** One per renderer. */
export class Sprites {
  #shapes = new Map();
  #labels = new Map();
  #glows = new Map();
  #flame = null;
  #scale = 0;

  /** Pixels per metre. What was made for another scale is made anew. */
  set scale(scale) {
    if (Math.abs(scale - this.#scale) < 0.02 * scale) return;
    this.#scale = scale;
    this.#shapes.clear();
  }

  /** A shape as a bitmap whose middle is the entity's. @param {number} r its radius on the screen, pixels */
  shape(type, colour, r, seed = 0) {
    const key = `${type} ${colour} ${seed}`;
    let sprite = this.#shapes.get(key);
    if (sprite) return sprite;
    const size = 2.4 * r + 2 * paddingPixels;
    sprite = canvas(size, size);
    const context = sprite.getContext("2d");
    context.translate(sprite.width / 2, sprite.height / 2);
    context.scale(r, -r);
    drawShape(context, type, colour, seed, 1 / r);
    this.#shapes.set(key, sprite);
    return sprite;
  }

  /** Light that fades from the middle: white hot, then the colour. Scaled as one likes. @param {string} colour #rrggbb */
  glow(colour) {
    let sprite = this.#glows.get(colour);
    if (sprite) return sprite;
    sprite = canvas(glowPixels, glowPixels);
    const context = sprite.getContext("2d"), half = glowPixels / 2, light = context.createRadialGradient(half, half, 0, half, half, half);
    for (const [at, tone] of [[0, "#ffffff"], [0.18, `${colour}e6`], [0.45, `${colour}55`], [1, `${colour}00`]]) light.addColorStop(at, tone);
    context.fillStyle = light;
    context.fillRect(0, 0, glowPixels, glowPixels);
    this.#glows.set(colour, sprite);
    return sprite;
  }

  /** What an engine throws out, to the left. Scaled as one likes. */
  flame() {
    if (this.#flame) return this.#flame;
    this.#flame = canvas(2 * glowPixels, glowPixels);
    const context = this.#flame.getContext("2d"), { width, height } = this.#flame;
    for (const [length, thick, colours] of [[1, 0.8, ["#3f8cff00", "#4fa8ffcc"]], [0.6, 0.4, ["#9fe3ff00", "#ffffff"]]]) {
      const heat = context.createLinearGradient(width * (1 - length), 0, width, 0);
      heat.addColorStop(0, colours[0]);
      heat.addColorStop(1, colours[1]);
      context.fillStyle = heat;
      context.beginPath();
      context.moveTo(width, height * (0.5 - thick / 2));
      context.quadraticCurveTo(width * (1 - length * 0.35), height * (0.5 - thick / 2), width * (1 - length), height / 2);
      context.quadraticCurveTo(width * (1 - length * 0.35), height * (0.5 + thick / 2), width, height * (0.5 + thick / 2));
      context.fill();
    }
    return this.#flame;
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
