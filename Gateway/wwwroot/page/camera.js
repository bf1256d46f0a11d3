// What of the room is on the screen.
import { shortest } from "../client/index.js";

const shownMetres = 125, overviewMargin = 1.06, leadSeconds = 0.28, follow = 5;

/** Follows a place, looks a little ahead of it, zooms. */
export class Camera {
  x = 0;
  y = 0;
  /** Pixels per metre. */
  scale = 5;
  /** 1 = as usual, larger = nearer. */
  zoom = 1;
  isOverview = false;
  /** Does not look ahead: what moves stays in the middle. */
  isSteady = false;
  #lead = { x: 0, y: 0 };

  /** @param {{x: number, y: number, vx?: number, vy?: number} | null} target @param {number} seconds since the last frame */
  update(target, width, height, space, seconds) {
    if (this.isOverview) {
      this.scale = Math.min(width / space.width, height / space.height) / overviewMargin;
      this.x = (space.bounds.minX + space.bounds.maxX) / 2;
      this.y = (space.bounds.minY + space.bounds.maxY) / 2;
      return;
    }
    // A narrow screen shows less width rather than tiny ships.
    this.scale = Math.max(Math.min(width, height) / shownMetres, Math.sqrt(width * height) / 170) * this.zoom;
    if (!target) return;
    const part = Math.min(1, follow * seconds), still = this.isSteady ? 0 : leadSeconds;
    this.#lead.x += ((target.vx ?? 0) * still - this.#lead.x) * part;
    this.#lead.y += ((target.vy ?? 0) * still - this.#lead.y) * part;
    this.x = target.x + this.#lead.x;
    this.y = target.y + this.#lead.y;
  }

  /** From the room's metres to pixels, by the nearest image. */
  project(x, y, width, height, space) {
    return {
      x: width / 2 + shortest(x - this.x, space.width) * this.scale,
      y: height / 2 - shortest(y - this.y, space.height) * this.scale,
    };
  }
}
