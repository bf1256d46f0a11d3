// Draws the room on a canvas: own ship in the middle, the torus around it.

const viewMetres = 160;
const gridMetres = 25;
const palette = { background: "#0b1020", grid: "#1b2440", edge: "#5b6b9a", own: "#ffd166", ship: "#4cc9f0", asteroid: "#b8a089", drop: "#a7e163", shot: "#ff7b72", label: "#c7d2f0" };
const shipTypes = new Set([1, 2, 3, 4, 10]);
const shipSize = { 3: 5, 4: 4 };

/** Canvas renderer. */
export class Renderer {
  #canvas;
  #context;
  #eye = { x: 0, y: 0 };

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio);
  }

  /** @param {import("../client/view.js").RoomView} view @param {number} ship own network id or 0 @param {number} tick fractional tick to show */
  draw(view, ship, tick) {
    const context = this.#context, { width, height } = this.#canvas;
    const own = view.entities.get(ship);
    const eye = own && view.at(own, tick);
    if (eye) this.#eye = eye;
    const scale = Math.min(width, height) / viewMetres;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette.background;
    context.fillRect(0, 0, width, height);
    context.setTransform(scale, 0, 0, -scale, width / 2, height / 2);
    this.#grid(view, width / scale / 2, height / scale / 2, scale);
    for (const [id, entity] of view.entities) {
      const at = view.at(entity, tick);
      if (!at) continue;
      context.save();
      context.translate(view.deltaX(this.#eye.x, at.x), view.deltaY(this.#eye.y, at.y));
      this.#entity(at, id === ship);
      if (shipTypes.has(at.type)) this.#label(entity.name, id === ship, scale);
      context.restore();
    }
  }

  #grid(view, halfWidth, halfHeight, scale) {
    const context = this.#context, { x, y } = this.#eye;
    context.lineWidth = 1 / scale;
    for (let gx = Math.ceil((x - halfWidth) / gridMetres) * gridMetres; gx <= x + halfWidth; gx += gridMetres)
      this.#line(gx - x, -halfHeight, gx - x, halfHeight, this.#isEdge(gx, view.bounds.minX, view.width) ? palette.edge : palette.grid);
    for (let gy = Math.ceil((y - halfHeight) / gridMetres) * gridMetres; gy <= y + halfHeight; gy += gridMetres)
      this.#line(-halfWidth, gy - y, halfWidth, gy - y, this.#isEdge(gy, view.bounds.minY, view.height) ? palette.edge : palette.grid);
  }

  #isEdge(value, min, size) { return Math.abs((value - min) % size) < 1e-6; }

  #line(x1, y1, x2, y2, colour) {
    const context = this.#context;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }

  #entity(at, own) {
    const context = this.#context;
    context.rotate(at.rotation);
    context.beginPath();
    if (shipTypes.has(at.type)) {
      const size = shipSize[at.type] ?? 3;
      context.fillStyle = own ? palette.own : palette.ship;
      context.moveTo(size, 0);
      context.lineTo(-size * 0.7, size * 0.6);
      context.lineTo(-size * 0.4, 0);
      context.lineTo(-size * 0.7, -size * 0.6);
    } else if (at.type === 5) {
      context.fillStyle = palette.asteroid;
      for (let i = 0; i < 9; i++) {
        const angle = i / 9 * 2 * Math.PI, radius = 4 + (i * 7 % 4) * 0.5;
        context.lineTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
      }
    } else {
      context.fillStyle = at.type === 20 ? palette.shot : palette.drop;
      context.arc(0, 0, at.type === 20 ? 0.6 : 1.2, 0, 2 * Math.PI);
    }
    context.closePath();
    context.fill();
    context.rotate(-at.rotation);
  }

  #label(name, own, scale) {
    if (!name) return;
    const context = this.#context, ratio = devicePixelRatio || 1;
    context.scale(1 / scale, -1 / scale);
    context.fillStyle = own ? palette.own : palette.label;
    context.font = `${12 * ratio}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillText(name, 0, 8 * scale);
  }
}
