// Gas and dust between the stars, made of noise once; a frame only copies it. Dark enough that text stays readable on it.

const side = 320, octaves = 6;
const floor = [6, 9, 21];
const veils = [
  { colour: [32, 64, 136], seed: 3, scale: 2.3, from: 0.4, amount: 0.8 },
  { colour: [92, 44, 118], seed: 29, scale: 3.1, from: 0.5, amount: 0.62 },
  { colour: [20, 104, 120], seed: 71, scale: 3.6, from: 0.52, amount: 0.7 },
];

function hash(x, y, seed) {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

function noise(x, y, seed) {
  const left = Math.floor(x), top = Math.floor(y), u = x - left, v = y - top, su = u * u * (3 - 2 * u), sv = v * v * (3 - 2 * v);
  const a = hash(left, top, seed), b = hash(left + 1, top, seed), c = hash(left, top + 1, seed), d = hash(left + 1, top + 1, seed);
  return a + (b - a) * su + (c - a) * sv + (a - b - c + d) * su * sv;
}

function clouds(x, y, seed) {
  let sum = 0, weight = 0.5;
  for (let i = 0; i < octaves; i++, weight /= 2, x *= 2, y *= 2) sum += weight * noise(x, y, seed + i);
  return sum;
}

/** @returns {OffscreenCanvas} a square; it may be scaled up */
export function nebula() {
  const canvas = new OffscreenCanvas(side, side), context = canvas.getContext("2d", { alpha: false }), image = context.createImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = column / side, y = row / side, at = 4 * (row * side + column), colour = [...floor];
      // Gas drawn out by other gas looks like filaments rather than like smoke.
      const bend = clouds(3 * x, 3 * y, 101) - 0.5;
      for (const veil of veils) {
        const thick = Math.max(0, clouds(veil.scale * (x + 0.55 * bend), veil.scale * (y - 0.4 * bend), veil.seed) - veil.from) / (1 - veil.from);
        const part = Math.min(1, thick * 2.2) ** 1.5 * veil.amount;
        for (let i = 0; i < 3; i++) colour[i] += (veil.colour[i] - colour[i]) * part;
      }
      for (let i = 0; i < 3; i++) image.data[at + i] = colour[i];
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
