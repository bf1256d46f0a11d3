// How each entity type looks: vector shapes drawn once into sprites.
import { palette } from "./palette.js";

export const EntityType = { interceptor: 1, aiInterceptor: 2, dreadnought: 3, hauler: 4, asteroid: 5, cargoDrop: 6, trainingDummy: 10, projectile: 20 };

/** Drawn radius in metres. */
export const radiusOf = { 1: 3.2, 2: 3.2, 3: 7, 4: 5, 5: 5.5, 6: 1.7, 10: 3.6, 20: 0.7 };

const mirrored = (points) => [...points, ...points.slice().reverse().map(([x, y]) => [x, -y])];
const hulls = {
  1: mirrored([[1.15, 0.02], [0.35, 0.2], [-0.1, 0.34], [-0.62, 0.86], [-0.78, 0.8], [-0.52, 0.3], [-0.72, 0.2], [-0.72, 0.04]]),
  2: mirrored([[0.95, 0.06], [0.3, 0.24], [0.55, 0.82], [0.36, 0.88], [-0.3, 0.42], [-0.78, 0.5], [-0.6, 0.12]]),
  3: mirrored([[1.15, 0.07], [0.75, 0.2], [0.15, 0.25], [-0.05, 0.4], [-0.5, 0.44], [-0.62, 0.56], [-0.98, 0.56], [-1.02, 0.3], [-0.92, 0.1]]),
  4: mirrored([[1.0, 0.16], [0.78, 0.34], [0.42, 0.36], [0.36, 0.62], [-0.5, 0.66], [-0.56, 0.4], [-0.92, 0.44], [-0.92, 0.14]]),
};
const seams = {
  1: [[[0.55, 0.1], [-0.3, 0.16]], [[0.55, -0.1], [-0.3, -0.16]]],
  2: [[[0.3, 0.24], [-0.3, 0.2]], [[0.3, -0.24], [-0.3, -0.2]]],
  3: [[[0.75, 0], [-0.9, 0]], [[0.15, 0.25], [0.15, -0.25]], [[-0.5, 0.44], [-0.5, -0.44]], [[-0.05, 0.4], [-0.05, -0.4]]],
  4: [[[0.36, 0.34], [-0.5, 0.34]], [[0.36, -0.34], [-0.5, -0.34]], [[0, 0.64], [0, 0.34]], [[0, -0.64], [0, -0.34]]],
};
const cockpits = { 1: [0.42, 0.2, 0.085], 2: [0.4, 0.16, 0.1], 3: [-0.24, 0.16, 0.1], 4: [0.66, 0.13, 0.12] };

function trace(context, points) {
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

function ship(context, type, colour, pixel) {
  const hull = hulls[type] ?? hulls[1];
  const fill = context.createLinearGradient(-1, 0, 1.1, 0);
  fill.addColorStop(0, "#0c1427");
  fill.addColorStop(0.55, "#1c2a4a");
  fill.addColorStop(1, colour);
  trace(context, hull);
  context.save();
  context.shadowColor = colour;
  context.shadowBlur = 9;
  context.fillStyle = fill;
  context.fill();
  context.restore();
  context.lineWidth = 1.5 * pixel;
  context.lineJoin = "round";
  context.strokeStyle = colour;
  context.stroke();
  context.lineWidth = pixel;
  context.globalAlpha = 0.5;
  for (const [[ax, ay], [bx, by]] of seams[type] ?? []) {
    context.beginPath();
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
    context.stroke();
  }
  context.globalAlpha = 1;
  const [x, rx, ry] = cockpits[type] ?? cockpits[1];
  context.beginPath();
  context.ellipse(x, 0, rx, ry, 0, 0, 2 * Math.PI);
  context.fillStyle = palette.text;
  context.fill();
}

function dummy(context, colour, pixel) {
  context.strokeStyle = colour;
  context.fillStyle = "#1a1730";
  context.lineWidth = 1.5 * pixel;
  context.beginPath();
  context.arc(0, 0, 0.85, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.setLineDash([0.2, 0.16]);
  context.beginPath();
  context.arc(0, 0, 0.52, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  for (const [x, y] of [[1, 0], [0, 1], [-1, 0], [0, -1]]) {
    context.beginPath();
    context.moveTo(x * 0.65, y * 0.65);
    context.lineTo(x, y);
    context.stroke();
  }
}

function rock(context, seed, pixel) {
  const noise = (i) => { const s = Math.sin(seed * 127.1 + i * 311.7) * 43758.5453; return s - Math.floor(s); };
  const corners = Array.from({ length: 13 }, (_, i) => {
    const a = (i / 13) * 2 * Math.PI, r = 0.76 + 0.24 * noise(i);
    return [Math.cos(a) * r, Math.sin(a) * r];
  });
  const fill = context.createRadialGradient(-0.3, 0.35, 0.1, 0, 0, 1.1);
  fill.addColorStop(0, palette.rockLight);
  fill.addColorStop(0.55, palette.rock);
  fill.addColorStop(1, palette.rockDark);
  trace(context, corners);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 1.4 * pixel;
  context.strokeStyle = "#d3c7b4";
  context.stroke();
  context.save();
  context.clip();
  for (let i = 0; i < 6; i++) {
    const a = noise(i + 20) * 2 * Math.PI, d = noise(i + 30) * 0.6, r = 0.08 + noise(i + 40) * 0.16;
    context.beginPath();
    context.arc(Math.cos(a) * d, Math.sin(a) * d, r, 0, 2 * Math.PI);
    context.fillStyle = "rgb(40 34 30 / 42%)";
    context.fill();
    context.strokeStyle = "rgb(255 240 215 / 16%)";
    context.lineWidth = pixel;
    context.stroke();
  }
  context.restore();
}

function drop(context, pixel) {
  trace(context, [[0, 0.95], [0.8, 0], [0, -0.95], [-0.8, 0]]);
  context.save();
  context.shadowColor = palette.drop;
  context.shadowBlur = 8;
  context.fillStyle = "#0d3a33";
  context.fill();
  context.restore();
  context.lineWidth = 1.5 * pixel;
  context.strokeStyle = palette.drop;
  context.stroke();
  trace(context, [[0, 0.4], [0.33, 0], [0, -0.4], [-0.33, 0]]);
  context.fillStyle = palette.drop;
  context.fill();
}

/** Draws a type at radius 1, looking along +x. @param {number} pixel one pixel in these units */
export function drawShape(context, type, colour, seed, pixel) {
  if (type === EntityType.asteroid) rock(context, seed, pixel);
  else if (type === EntityType.cargoDrop) drop(context, pixel);
  else if (type === EntityType.trainingDummy) dummy(context, colour, pixel);
  else ship(context, type, colour, pixel);
}
