// Deep space: drifting gas, stars in three depths, and the grid of the room.
import { nebula } from "./nebula.js";
import { palette } from "./palette.js";

// No size divides another, so that no pattern of stars is seen twice in one row.
const layers = [
  { depth: 0.06, tile: 701, count: 90, size: 0.7, alpha: 0.5 },
  { depth: 0.16, tile: 887, count: 48, size: 1.05, alpha: 0.8 },
  { depth: 0.34, tile: 1327, count: 26, size: 1.5, alpha: 1, glows: true },
];
const gridMetres = 25;
const starColours = ["#ffffff", "#ffffff", "#bcd2ff", "#cfe4ff", "#ffe3b8"];
const wrap = (value, size) => ((value % size) + size) % size;

function stars({ tile, count, size, alpha, glows }, seed, ratio) {
  let state = seed;
  const random = () => { state = (state * 1664525 + 1013904223) >>> 0; return state / 2 ** 32; };
  const side = Math.round(tile * ratio), bitmap = new OffscreenCanvas(side, side), context = bitmap.getContext("2d");
  for (let i = 0; i < count; i++) {
    const radius = size * ratio * (0.6 + 0.6 * random()), margin = 8 * radius;
    const x = margin + random() * (side - 2 * margin), y = margin + random() * (side - 2 * margin), colour = starColours[Math.floor(random() * starColours.length)];
    context.fillStyle = colour;
    if (glows && random() < 0.4) {
      const glow = context.createRadialGradient(x, y, 0, x, y, 7 * radius);
      glow.addColorStop(0, `${colour}70`);
      glow.addColorStop(0.3, `${colour}1c`);
      glow.addColorStop(1, `${colour}00`);
      context.fillStyle = glow;
      context.fillRect(x - margin, y - margin, 2 * margin, 2 * margin);
      context.fillStyle = colour;
    }
    context.globalAlpha = alpha * (0.35 + 0.65 * random());
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
  }
  return bitmap;
}

/** Draws everything behind the room. */
export class Backdrop {
  #stars = [];
  #gas = nebula();
  #ratio = 0;
  #sky = null;
  #size = "";
  /** Without motion the stars stand still. */
  isStill = false;
  showsGrid = true;

  /** @param {CanvasRenderingContext2D} context in pixels @param {{x: number, y: number}} eye in metres @param {number} scale pixels per metre @param {number} ratio pixels per CSS pixel */
  draw(context, width, height, eye, scale, bounds, ratio) {
    if (ratio !== this.#ratio) {
      this.#ratio = ratio;
      this.#stars = layers.map((layer, i) => stars(layer, 7919 * (i + 1), ratio));
    }
    this.#drawSky(context, width, height);
    layers.forEach(({ depth }, i) => {
      const bitmap = this.#stars[i], size = bitmap.width;
      const x = this.isStill ? 0 : wrap(-eye.x * scale * depth, size), y = this.isStill ? 0 : wrap(eye.y * scale * depth, size);
      for (let left = Math.round(x) - size; left < width; left += size)
        for (let top = Math.round(y) - size; top < height; top += size) context.drawImage(bitmap, left, top);
    });
    this.#drawLines(context, width, height, eye, scale, bounds);
    this.#drawOutside(context, width, height, scale, bounds);
  }

  /** Where the whole room fits, what lies beyond it is the same room again, and nothing is drawn there. */
  #drawOutside(context, width, height, scale, bounds) {
    const roomWidth = (bounds.maxX - bounds.minX) * scale, roomHeight = (bounds.maxY - bounds.minY) * scale;
    const left = Math.max(0, (width - roomWidth) / 2 - 1), top = Math.max(0, (height - roomHeight) / 2 - 1);
    if (left === 0 || top === 0) return;
    context.fillStyle = palette.outside;
    context.fillRect(0, 0, left, height);
    context.fillRect(width - left, 0, left, height);
    context.fillRect(left, 0, width - 2 * left, top);
    context.fillRect(left, height - top, width - 2 * left, top);
  }

  #drawSky(context, width, height) {
    if (this.#size !== `${width} ${height}`) {
      this.#size = `${width} ${height}`;
      this.#sky = new OffscreenCanvas(width, height);
      const paint = this.#sky.getContext("2d", { alpha: false }), most = Math.max(width, height);
      paint.imageSmoothingQuality = "high";
      paint.drawImage(this.#gas, (width - most) / 2, (height - most) / 2, most, most);
      const shade = paint.createRadialGradient(width / 2, height / 2, 0.3 * most, width / 2, height / 2, 0.75 * most);
      shade.addColorStop(0, "rgb(3 5 12 / 0%)");
      shade.addColorStop(1, "rgb(3 5 12 / 70%)");
      paint.fillStyle = shade;
      paint.fillRect(0, 0, width, height);
    }
    context.drawImage(this.#sky, 0, 0);
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
