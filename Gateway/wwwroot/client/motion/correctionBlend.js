// Hides corrections of the own ship: the picture starts where it was and moves to where it should be.
import { angle } from "../view/torus.js";

const halfLifeMs = 60, maxMetres = 5, nothing = 1e-4;

/** The difference halves every 60 ms; a large one (a respawn) is shown at once. */
export class CorrectionBlend {
  x = 0;
  y = 0;
  rotation = 0;
  /** Largest correction so far, metres; those shown at once not counted. */
  largest = 0;
  #lastMs = 0;

  /** The prediction moved by this much under the picture. */
  add(dx, dy, rotation) {
    this.x += dx;
    this.y += dy;
    this.rotation = angle(this.rotation + rotation);
    const error = Math.hypot(this.x, this.y);
    if (error > maxMetres) this.clear(); else this.largest = Math.max(this.largest, error);
  }

  /** Advances; once per frame. */
  advance(nowMs) {
    const left = 0.5 ** (Math.max(0, nowMs - this.#lastMs) / halfLifeMs);
    this.#lastMs = nowMs;
    this.x *= left;
    this.y *= left;
    this.rotation *= left;
    if (Math.hypot(this.x, this.y) < nothing && Math.abs(this.rotation) < nothing) this.clear();
  }

  clear() { this.x = this.y = this.rotation = 0; }
}
