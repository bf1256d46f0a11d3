// Deep space: stars in three depths over two faint clouds, and the grid of the room.
import { palette } from "./palette.js";

const tile = 640;
const layers = [{ depth: 0.08, count: 70, size: 0.8, alpha: 0.5 }, { depth: 0.2, count: 34, size: 1.2, alpha: 0.75 }, { depth: 0.4, count: 12, size: 1.7, alpha: 0.95 }];
const gridMetres = 25;
const wrap = (value, size) => ((value % size) + size) % size;

function stars({ count, size, alpha }, seed) {
  let state = seed;
  const random = () => { state = (state * 1664525 + 1013904223) >>> 0; return state / 2 ** 32; };
  const bitmap = new OffscreenCanvas(tile, tile), context = bitmap.getContext("2d");
  for (let i = 0; i < count; i++) {
    context.globalAlpha = alpha * (0.35 + 0.65 * random());
    context.fillStyle = random() < 0.2 ? "#ffe3b8" : random() < 0.4 ? "#bcd2ff" : "#ffffff";
    context.beginPath();
    context.arc(random() * tile, random() * tile, size * (0.6 + 0.6 * random()), 0, 2 * Math.PI);
    context.fill();
  }
  return bitmap;
}

/** Draws everything behind the room. */
export class Backdrop {
  #stars = layers.map((layer, i) => stars(layer, 7919 * (i + 1)));
  #cloud = null;
  #size = "";
  /** Without motion the stars stand still. */
  isStill = false;
  showsGrid = true;

  /** @param {CanvasRenderingContext2D} context in pixels @param {{x: number, y: number}} eye in metres @param {number} scale pixels per metre */
  draw(context, width, height, eye, scale, bounds) {
    this.#drawCloud(context, width, height);
    layers.forEach(({ depth }, i) => {
      const x = this.isStill ? 0 : wrap(-eye.x * scale * depth, tile), y = this.isStill ? 0 : wrap(eye.y * scale * depth, tile);
      for (let left = x - tile; left < width; left += tile)
        for (let top = y - tile; top < height; top += tile) context.drawImage(this.#stars[i], Math.round(left), Math.round(top));
    });
    this.#drawOutside(context, width, height, eye, scale, bounds);
    this.#drawLines(context, width, height, eye, scale, bounds);
  }

  /** Where the whole room fits, what lies beyond it is the same room again, and nothing is drawn there. */
  #drawOutside(context, width, height, eye, scale, bounds) {
    const roomWidth = (bounds.maxX - bounds.minX) * scale, roomHeight = (bounds.maxY - bounds.minY) * scale;
    const left = Math.max(0, (width - roomWidth) / 2), top = Math.max(0, (height - roomHeight) / 2);
    if (left === 0 && top === 0) return;
    context.fillStyle = "rgb(3 5 12 / 62%)";
    context.fillRect(0, 0, left, height);
    context.fillRect(width - left, 0, left, height);
    context.fillRect(left, 0, width - 2 * left, top);
    context.fillRect(left, height - top, width - 2 * left, top);
  }

  #drawCloud(context, width, height) {
    if (this.#size !== `${width} ${height}`) {
      this.#size = `${width} ${height}`;
      this.#cloud = new OffscreenCanvas(width, height);
      const paint = this.#cloud.getContext("2d", { alpha: false });
      paint.fillStyle = palette.space;
      paint.fillRect(0, 0, width, height);
      for (const [x, y, colour] of [[0.18, 0.2, "44 74 150"], [0.85, 0.85, "92 46 116"], [0.6, 0.1, "18 92 108"]]) {
        const glow = paint.createRadialGradient(x * width, y * height, 0, x * width, y * height, 0.6 * Math.max(width, height));
        glow.addColorStop(0, `rgb(${colour} / 34%)`);
        glow.addColorStop(1, `rgb(${colour} / 0%)`);
        paint.fillStyle = glow;
        paint.fillRect(0, 0, width, height);
      }
    }
    context.drawImage(this.#cloud, 0, 0);
  }

  #drawLines(context, width, height, eye, scale, bounds) {
    const halfX = width / scale / 2, halfY = height / scale / 2;
    const lines = (from, to, min, size, line) => {
      for (let at = Math.ceil(from / gridMetres) * gridMetres; at <= to; at += gridMetres) {
        const isEdge = Math.abs(wrap(at - min + size / 2, size) - size / 2) < 1e-6;
        if (!isEdge && !this.showsGrid) continue;
        context.strokeStyle = isEdge ? palette.edge : at % (4 * gridMetres) === 0 ? palette.gridStrong : palette.grid;
        context.lineWidth = isEdge ? 2 : 1;
        context.setLineDash(isEdge ? [10, 8] : []);
        context.beginPath();
        line(at);
        context.stroke();
      }
    };
    lines(eye.x - halfX, eye.x + halfX, bounds.minX, bounds.maxX - bounds.minX, (at) => {
      const x = Math.round(width / 2 + (at - eye.x) * scale) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, height);
    });
    lines(eye.y - halfY, eye.y + halfY, bounds.minY, bounds.maxY - bounds.minY, (at) => {
      const y = Math.round(height / 2 - (at - eye.y) * scale) + 0.5;
      context.moveTo(0, y);
      context.lineTo(width, y);
    });
    context.setLineDash([]);
  }
}
