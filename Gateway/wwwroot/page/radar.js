// The whole torus on a small square, the own ship (or what is watched) in the middle.
import { shortest } from "../client/index.js";
import { palette } from "./palette.js";
import { EntityType } from "./shapes.js";

const mark = { ship: 7, rock: 4, drop: 4 };

/** One per canvas. */
export class Radar {
  #context;
  #size;

  /** @param {HTMLCanvasElement} canvas square */
  constructor(canvas) {
    this.#context = canvas.getContext("2d", { alpha: false });
    this.#size = canvas.width;
  }

  /** @param {object} scene see Renderer.draw @param {import("./camera.js").Camera} camera @param {number} width of the screen, pixels @param {number} height */
  draw(scene, camera, width, height) {
    const context = this.#context, size = this.#size, { space } = scene;
    const scaleX = size / space.width, scaleY = size / space.height;
    const at = (x, y) => [size / 2 + shortest(x - camera.x, space.width) * scaleX, size / 2 - shortest(y - camera.y, space.height) * scaleY];
    context.fillStyle = "#060a17";
    context.fillRect(0, 0, size, size);
    this.#rings(size);
    this.#edges(at(space.bounds.minX, space.bounds.minY), size);
    const viewX = (width / camera.scale) * scaleX, viewY = (height / camera.scale) * scaleY;
    context.strokeStyle = "rgb(233 239 255 / 40%)";
    context.lineWidth = 1.5;
    context.strokeRect(size / 2 - viewX / 2, size / 2 - viewY / 2, viewX, viewY);
    for (const entity of scene.entities) {
      const place = scene.place(entity);
      if (place && entity.id !== scene.ship) this.#mark(entity, at(place.x, place.y), place.rotation, entity.id === scene.followed);
    }
    const own = scene.own;
    const place = own && scene.place(own);
    if (place) this.#arrow(at(place.x, place.y), place.rotation, palette.own, mark.ship + 3);
  }

  #rings(size) {
    const context = this.#context;
    context.strokeStyle = "rgb(122 152 224 / 20%)";
    context.lineWidth = 1;
    for (const part of [0.25, 0.5]) {
      context.beginPath();
      context.arc(size / 2, size / 2, size * part, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  #edges([x, y], size) {
    const context = this.#context, wrapped = (value) => ((value % size) + size) % size;
    context.strokeStyle = palette.edge;
    context.setLineDash([6, 5]);
    context.beginPath();
    context.moveTo(wrapped(x), 0);
    context.lineTo(wrapped(x), size);
    context.moveTo(0, wrapped(y));
    context.lineTo(size, wrapped(y));
    context.stroke();
    context.setLineDash([]);
  }

  #mark(entity, at, rotation, isFollowed) {
    const context = this.#context, [x, y] = at;
    switch (entity.type) {
      case EntityType.projectile: return;
      case EntityType.asteroid:
        context.fillStyle = palette.ore;
        context.beginPath();
        context.arc(x, y, mark.rock, 0, 2 * Math.PI);
        context.fill();
        return;
      case EntityType.cargoDrop:
        context.fillStyle = palette.drop;
        context.fillRect(x - mark.drop / 2, y - mark.drop / 2, mark.drop, mark.drop);
        return;
      case EntityType.interceptor: case EntityType.aiInterceptor: case EntityType.dreadnought: case EntityType.hauler: case EntityType.trainingDummy:
        this.#arrow(at, rotation, isFollowed ? palette.text : palette.pilot, entity.type === EntityType.dreadnought ? mark.ship + 3 : mark.ship);
    }
  }

  #arrow([x, y], rotation, colour, size) {
    const context = this.#context;
    context.fillStyle = colour;
    context.translate(x, y);
    context.rotate(-rotation);
    context.beginPath();
    context.moveTo(size, 0);
    context.lineTo(-size * 0.75, size * 0.7);
    context.lineTo(-size * 0.4, 0);
    context.lineTo(-size * 0.75, -size * 0.7);
    context.fill();
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
}
