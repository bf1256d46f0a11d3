// The room at a moment of a track, drawn as the playground draws a living one.
import { ComponentKind } from "../client/index.js";
import { Camera } from "../page/camera.js";
import { Effects } from "../page/effects.js";
import { palette } from "../page/palette.js";
import { Renderer } from "../page/renderer.js";
import { radiusOf } from "../page/shapes.js";

/** What a track knows of an entity: neither shields nor ore. */
class Shown {
  x = 0;
  y = 0;
  vx = 0;
  vy = 0;
  rotation = 0;

  constructor({ id, type, name }) { Object.assign(this, { id, type, name }); }

  get(kind) { return kind === ComponentKind.playerName ? this.name : undefined; }
}

/** One per canvas. */
export class Picture {
  /** Network id of the ship in the middle; 0 shows the whole room. */
  followed = 0;
  #renderer;
  #camera = new Camera();
  #effects = new Effects();
  #all = new Map();
  #there = [];
  #track = null;
  #space = { bounds: { minX: -250, minY: -250, maxX: 250, maxY: 250 }, width: 500, height: 500 };

  /** @param {HTMLCanvasElement} canvas @param {boolean} isCalm no motion beyond what was recorded */
  constructor(canvas, isCalm) {
    this.#renderer = new Renderer(canvas);
    this.#renderer.backdrop.isStill = this.#effects.isCalm = this.#camera.isSteady = isCalm;
  }

  /** @param {import("./track.js").Track} track */
  open(track) {
    const [minX, minY, maxX, maxY] = track.bounds;
    this.#track = track;
    this.#space = { bounds: { minX, minY, maxX, maxY }, width: maxX - minX, height: maxY - minY };
    this.#all.clear();
    this.#effects.clear();
    this.followed = 0;
  }

  /** What flared up in a span of the track flares up now. @param {number} from @param {number} through seconds of the track */
  light(from, through) {
    for (const { kind, entity, other } of this.#track.eventsBetween(from, through)) {
      const at = this.#all.get(kind === "Damage" ? other : entity);
      if (!at) continue;
      if (kind === "Death") this.#effects.explosion(at.x, at.y, radiusOf[at.type] ?? 3, palette.pilot);
      else if (kind === "Damage") this.#effects.hit(at.x, at.y, palette.shield);
      else if (kind === "AsteroidDepleted") this.#effects.explosion(at.x, at.y, 3, palette.rockLight);
    }
  }

  /** @param {number} moment seconds of the track @param {number} nowMs @param {number} seconds since the last picture */
  draw(moment, nowMs, seconds) {
    this.#there.length = 0;
    this.#track?.forEachAt(moment, (entity, x, y, rotation, vx, vy) => {
      let shown = this.#all.get(entity.id);
      if (!shown) this.#all.set(entity.id, shown = new Shown(entity));
      Object.assign(shown, { x, y, rotation, vx, vy });
      this.#there.push(shown);
    });
    const { width, height } = this.#renderer, followed = this.#there.find(({ id }) => id === this.followed) ?? null;
    this.#camera.isOverview = !followed;
    this.#camera.update(followed, width, height, this.#space, seconds);
    this.#effects.advance(seconds);
    this.#renderer.draw({ entities: this.#there, space: this.#space, ship: 0, followed: this.followed, place: (shown) => shown }, this.#camera, this.#effects, nowMs / 1000);
  }
}
