// Draws the room: backdrop, asteroids, cargo, shots, ships with their shields and names, effects.
import { ComponentKind } from "../client/index.js";
import { Backdrop } from "./backdrop.js";
import { palette } from "./palette.js";
import { EntityType, radiusOf } from "./shapes.js";
import { Sprites } from "./sprites.js";
import { Wakes } from "./wakes.js";

const flashSeconds = 0.35;
const labelPixels = 12;
// Below this many pixels per metre the whole room is on the screen: names only where they have space.
const detailScale = 2, roomyScale = 1.2, fewEntities = 40, smallestPixels = 6;
const order = { [EntityType.asteroid]: 0, [EntityType.cargoDrop]: 1, [EntityType.projectile]: 2 };
const rank = (type) => order[type] ?? 3;
const isShip = (type) => type >= EntityType.interceptor && type <= EntityType.hauler;
const share = (pool) => (pool?.most ? pool.current / pool.most : 0);

/** One per canvas. */
export class Renderer {
  backdrop = new Backdrop();
  #canvas;
  #context;
  #sprites = new Sprites();
  #wakes = new Wakes();
  #flashes = new Map();
  #seconds = 0;
  #isDetailed = true;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  get width() { return this.#canvas.width; }
  get height() { return this.#canvas.height; }
  get #ratio() { return Math.min(2, devicePixelRatio || 1); }

  /** A ship's shield was hit. */
  flash(id) { this.#flashes.set(id, this.#seconds); }

  /**
   * @param {{entities: Iterable<object>, space: object, ship: number, followed: number, place: (entity: object) => object | null}} scene
   * @param {import("./camera.js").Camera} camera @param {import("./effects.js").Effects} effects @param {number} seconds since the page opened
   */
  draw(scene, camera, effects, seconds) {
    const context = this.#context, { width, height } = this;
    this.#seconds = seconds;
    this.#sprites.scale = camera.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    this.backdrop.draw(context, width, height, camera, camera.scale, scene.space.bounds, this.#ratio);
    const visible = this.#visible(scene, camera);
    this.#isDetailed = camera.scale > detailScale || (camera.scale > roomyScale * this.#ratio && visible.length <= fewEntities);
    const byId = new Map(visible.map((item) => [item.entity.id, item]));
    context.globalCompositeOperation = "lighter";
    if (this.#isDetailed && !this.backdrop.isStill) this.#drawWakes(visible, scene, camera);
    for (const item of visible) this.#drawBeam(item, byId, scene, camera);
    context.globalCompositeOperation = "source-over";
    for (const item of visible) this.#drawEntity(item, scene, camera);
    context.globalCompositeOperation = "lighter";
    for (const particle of effects.particles) if (particle.kind !== "text") this.#drawLight(particle, scene, camera);
    context.globalCompositeOperation = "source-over";
    for (const particle of effects.particles) if (particle.kind === "text") this.#drawText(particle, scene, camera);
    for (const item of visible) this.#drawLabel(item, scene, camera);
  }

  #resize() {
    this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth * this.#ratio));
    this.#canvas.height = Math.max(1, Math.round(this.#canvas.clientHeight * this.#ratio));
  }

  #visible(scene, camera) {
    const { width, height } = this, items = [];
    for (const entity of scene.entities) {
      if (!radiusOf[entity.type]) continue;
      const place = scene.place(entity);
      if (!place) continue;
      const at = camera.project(place.x, place.y, width, height, scene.space), margin = (radiusOf[entity.type] + 3) * camera.scale;
      if (at.x > -margin && at.y > -margin && at.x < width + margin && at.y < height + margin) items.push({ entity, at, place, rotation: place.rotation });
    }
    return items.sort((a, b) => rank(a.entity.type) - rank(b.entity.type) || (a.entity.id === scene.ship ? 1 : 0) - (b.entity.id === scene.ship ? 1 : 0));
  }

  #colourOf(entity, scene) {
    if (entity.id === scene.ship) return palette.own;
    if (entity.type === EntityType.trainingDummy) return palette.dummy;
    return entity.type === EntityType.aiInterceptor ? palette.bot : palette.pilot;
  }

  /** Radius on the screen: what would be too small to be seen is larger than it is. */
  #radius(entity, camera) { return Math.max(radiusOf[entity.type] * camera.scale, entity.type === EntityType.projectile ? 0 : smallestPixels * this.#ratio); }

  #drawWakes(visible, scene, camera) {
    const context = this.#context;
    context.globalAlpha = 0.3;
    for (const { entity, at, place } of visible) {
      if (!isShip(entity.type)) continue;
      this.#wakes.note(entity.id, place.x, place.y, this.#seconds);
      context.fillStyle = entity.id === scene.ship ? palette.ownWake : palette.wake;
      this.#wakes.draw(context, entity.id, at, place, 0.5 * radiusOf[entity.type] * camera.scale, camera.scale, scene.space);
    }
    context.globalAlpha = 1;
    this.#wakes.sweep(this.#seconds);
  }

  #drawEntity({ entity, at, rotation }, scene, camera) {
    const context = this.#context, r = this.#radius(entity, camera);
    if (entity.type === EntityType.projectile) {
      this.#drawShot(entity, at, scene, camera);
      return;
    }
    if (isShip(entity.type)) this.#drawFlame(entity, at, rotation, r);
    const sprite = this.#sprites.shape(entity.type, this.#colourOf(entity, scene), r, entity.type === EntityType.asteroid ? entity.id % 7 : 0);
    context.translate(at.x, at.y);
    context.rotate(-rotation);
    context.drawImage(sprite, -sprite.width / 2, -sprite.height / 2);
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (entity.type === EntityType.asteroid) this.#drawOre(entity, at, r);
    else this.#drawShield(entity, at, r);
  }

  #drawShot(entity, at, scene, camera) {
    const context = this.#context, speed = Math.hypot(entity.vx, entity.vy) || 1;
    const length = 3.4 * camera.scale, dx = (entity.vx / speed) * length, dy = (-entity.vy / speed) * length;
    const isOwn = entity.get(ComponentKind.projectileMarker)?.owner === scene.ship && scene.ship !== 0;
    const glow = 2.6 * camera.scale;
    context.globalCompositeOperation = "lighter";
    context.drawImage(this.#sprites.glow(isOwn ? palette.ownShot : palette.shot), at.x - glow, at.y - glow, 2 * glow, 2 * glow);
    context.lineCap = "round";
    for (const [width, alpha, colour] of [[1.1, 0.4, isOwn ? palette.ownShot : palette.shot], [0.45, 1, isOwn ? "#fff7e0" : "#ffe0d0"]]) {
      context.strokeStyle = colour;
      context.globalAlpha = alpha;
      context.lineWidth = Math.max(1.5, width * camera.scale);
      context.beginPath();
      context.moveTo(at.x - dx, at.y - dy);
      context.lineTo(at.x, at.y);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.globalCompositeOperation = "source-over";
  }

  #drawFlame(entity, at, rotation, r) {
    const speed = Math.hypot(entity.vx, entity.vy);
    if (speed < 2) return;
    const context = this.#context, flicker = this.backdrop.isStill ? 1 : 0.88 + 0.24 * Math.random();
    const length = r * (0.6 + 1.3 * Math.min(1, speed / 50)) * flicker, width = r * 0.62;
    context.translate(at.x, at.y);
    context.rotate(-rotation);
    context.globalCompositeOperation = "lighter";
    context.drawImage(this.#sprites.flame(), -0.66 * r - length, -width / 2, length, width);
    context.globalCompositeOperation = "source-over";
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  #drawShield(entity, at, r) {
    const left = share(entity.get(ComponentKind.shieldPool));
    if (!entity.get(ComponentKind.shieldPool)) return;
    const context = this.#context, flash = Math.max(0, 1 - (this.#seconds - (this.#flashes.get(entity.id) ?? -9)) / flashSeconds);
    if (left <= 0 && flash <= 0) return;
    context.strokeStyle = palette.shield;
    context.lineWidth = 1.5 * this.#ratio * (1 + flash);
    context.globalAlpha = Math.min(1, 0.22 + 0.3 * left + 0.7 * flash);
    context.beginPath();
    context.arc(at.x, at.y, r * 1.32, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * left);
    context.stroke();
    if (flash > 0) {
      context.globalAlpha = 0.25 * flash;
      context.fillStyle = palette.shield;
      context.fill();
    }
    context.globalAlpha = 1;
  }

  #drawOre(entity, at, r) {
    const ore = entity.get(ComponentKind.asteroid);
    if (!ore?.most) return;
    const context = this.#context;
    context.lineWidth = Math.min(2.5 * this.#ratio, 0.14 * r);
    for (const [colour, part] of [["rgb(224 181 102 / 22%)", 1], [palette.ore, share(ore)]]) {
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(at.x, at.y, r * 1.2, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * part);
      context.stroke();
    }
  }

  #drawBeam({ entity, at }, byId, scene, camera) {
    const beam = entity.get(ComponentKind.miningBeam);
    const target = beam?.active && beam.target && byId.get(beam.target);
    if (!target) return;
    const context = this.#context;
    context.strokeStyle = palette.beam;
    for (const [width, alpha] of [[0.9, 0.22], [0.3, 0.95]]) {
      context.globalAlpha = alpha;
      context.lineWidth = Math.max(1, width * camera.scale);
      context.setLineDash(width < 0.5 ? [6, 4] : []);
      context.lineDashOffset = this.backdrop.isStill ? 0 : -this.#seconds * 60;
      context.beginPath();
      context.moveTo(target.at.x, target.at.y);
      context.lineTo(at.x, at.y);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  #drawLabel({ entity, at }, scene, camera) {
    const context = this.#context, r = this.#radius(entity, camera), isOwn = entity.id === scene.ship;
    let text = entity.get(ComponentKind.playerName), colour = isOwn ? palette.own : entity.id === scene.followed ? palette.text : palette.dim;
    if (entity.type === EntityType.asteroid) { text = camera.scale > detailScale ? oreText(entity) : ""; colour = palette.ore; }
    if (entity.type === EntityType.cargoDrop) { text = String(entity.get(ComponentKind.cargoDrop)?.quantity ?? ""); colour = palette.drop; }
    if (text && this.#isDetailed) {
      const sprite = this.#sprites.label(text, colour, Math.round(labelPixels * this.#ratio));
      context.drawImage(sprite, Math.round(at.x - sprite.width / 2), Math.round(at.y - r * 1.45 - sprite.height));
    }
    const hull = entity.get(ComponentKind.hullPool);
    if (hull?.most && hull.current < hull.most && this.#isDetailed) this.#drawHull(at, r, share(hull));
  }

  #drawHull(at, r, left) {
    const context = this.#context, width = Math.max(26, r * 1.6), height = 3 * this.#ratio, x = at.x - width / 2, y = at.y + r * 1.5;
    context.fillStyle = "rgb(5 8 18 / 80%)";
    context.fillRect(x - 1, y - 1, width + 2, height + 2);
    context.fillStyle = palette.hull;
    context.fillRect(x, y, width * left, height);
  }

  #drawText(particle, scene, camera) {
    const context = this.#context, at = camera.project(particle.x, particle.y, this.width, this.height, scene.space);
    const sprite = this.#sprites.label(particle.text, particle.colour, Math.round(13 * this.#ratio));
    context.globalAlpha = 1 - particle.age / particle.life;
    context.drawImage(sprite, Math.round(at.x - sprite.width / 2), Math.round(at.y - sprite.height / 2));
    context.globalAlpha = 1;
  }

  #drawLight(particle, scene, camera) {
    const context = this.#context, at = camera.project(particle.x, particle.y, this.width, this.height, scene.space);
    const left = 1 - particle.age / particle.life, size = Math.max(1, particle.size * camera.scale);
    context.globalAlpha = left;
    if (particle.kind === "glow") {
      context.drawImage(this.#sprites.glow(particle.colour), at.x - size, at.y - size, 2 * size, 2 * size);
    } else if (particle.kind === "spark") {
      const tail = 0.05 * camera.scale;
      context.strokeStyle = particle.colour;
      context.lineWidth = size;
      context.beginPath();
      context.moveTo(at.x - particle.vx * tail, at.y + particle.vy * tail);
      context.lineTo(at.x, at.y);
      context.stroke();
    } else {
      context.strokeStyle = particle.colour;
      context.lineWidth = Math.max(1, 4 * left * this.#ratio);
      context.beginPath();
      context.arc(at.x, at.y, size, 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

function oreText(entity) {
  const ore = entity.get(ComponentKind.asteroid);
  return ore ? `${ore.current} ore` : "";
}
