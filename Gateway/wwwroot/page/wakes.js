// The light that ships leave behind: a ribbon through the places where they were shown.
import { shortest } from "../client/index.js";

const points = 10, everySeconds = 0.045, slowestMetres = 0.25, farthestMetres = 12;

/** Places of the ships on the screen. */
export class Wakes {
  #ribbons = new Map();

  /** A ship is shown somewhere. @param {number} seconds since the page opened */
  note(id, x, y, seconds) {
    let ribbon = this.#ribbons.get(id);
    if (!ribbon) this.#ribbons.set(id, ribbon = { xs: [], ys: [], at: 0, seen: 0 });
    ribbon.seen = seconds;
    if (seconds - ribbon.at < everySeconds) return;
    ribbon.at = seconds;
    ribbon.xs.unshift(x);
    ribbon.ys.unshift(y);
    if (ribbon.xs.length > points) {
      ribbon.xs.pop();
      ribbon.ys.pop();
    }
  }

  /** Forgets ships that are no longer shown. */
  sweep(seconds) {
    for (const [id, ribbon] of this.#ribbons)
      if (ribbon.seen < seconds) this.#ribbons.delete(id);
  }

  /**
   * Draws a ship's ribbon, from it backwards, thinner and thinner.
   * @param {{x: number, y: number}} head pixels @param {{x: number, y: number}} place metres @param {number} width at the ship, pixels
   */
  draw(context, id, head, place, width, scale, space) {
    const ribbon = this.#ribbons.get(id);
    if (!ribbon) return;
    const left = [], right = [];
    let px = head.x, py = head.y, mx = place.x, my = place.y;
    for (let i = 0; i < ribbon.xs.length; i++) {
      const dx = shortest(ribbon.xs[i] - mx, space.width), dy = shortest(ribbon.ys[i] - my, space.height), metres = Math.hypot(dx, dy);
      // What was not flown leaves no light: a new place after a death.
      if (metres > farthestMetres) break;
      if (metres < slowestMetres) continue;
      const half = (width / 2) * (1 - i / points) / metres;
      left.push(px - dy * half, py - dx * half);
      right.push(px + dy * half, py + dx * half);
      mx = ribbon.xs[i];
      my = ribbon.ys[i];
      px += dx * scale;
      py -= dy * scale;
    }
    if (left.length < 4) return;
    context.beginPath();
    context.moveTo(left[0], left[1]);
    for (let i = 2; i < left.length; i += 2) context.lineTo(left[i], left[i + 1]);
    context.lineTo(px, py);
    for (let i = right.length - 2; i >= 0; i -= 2) context.lineTo(right[i], right[i + 1]);
    context.fill();
  }
}
