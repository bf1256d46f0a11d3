// What flares up and goes: explosions, sparks of hits, numbers that rise. Places are the room's, so that effects stay where they happened.

const most = 600;

/** Particles in metres and seconds; drawn by the renderer. */
export class Effects {
  /** No flashes and no debris: a ring says it. */
  isCalm = false;
  #particles = [];

  clear() { this.#particles = []; }
  get particles() { return this.#particles; }

  /** A ship ends. @param {number} size its radius, metres */
  explosion(x, y, size, colour) {
    this.#add({ kind: "ring", x, y, size, grow: size * 6, life: 0.8, colour });
    if (this.isCalm) return;
    this.#add({ kind: "glow", x, y, size: size * 4.2, grow: -size * 5, life: 0.45, colour: "#ffdf9e" });
    this.#add({ kind: "glow", x, y, size: size * 2.6, grow: size * 2.2, life: 0.9, colour: "#ff8f5e" });
    for (let i = 0; i < 9; i++) {
      const angle = Math.random() * 2 * Math.PI, speed = (1 + Math.random() * 3) * Math.sqrt(size);
      this.#add({
        kind: "glow", x, y, vx: Math.cos(angle) * speed, vy: Math.sin(angle) * speed, size: size * (0.5 + Math.random() * 0.7), grow: -size * 0.5,
        life: 0.6 + Math.random() * 0.7, colour: i % 2 ? "#ff8f5e" : "#ffc24b",
      });
    }
    for (let i = 0; i < 40; i++) {
      const angle = Math.random() * 2 * Math.PI, speed = (3 + Math.random() * 14) * Math.sqrt(size);
      this.#add({
        kind: "spark", x, y, vx: Math.cos(angle) * speed, vy: Math.sin(angle) * speed, size: 0.2 + Math.random() * 0.3, grow: -0.2,
        life: 0.4 + Math.random() * 0.9, colour: i % 3 ? colour : "#ffe2a8",
      });
    }
  }

  /** A hit. */
  hit(x, y, colour) {
    if (this.isCalm) return;
    this.#add({ kind: "glow", x, y, size: 2.6, grow: -6, life: 0.25, colour });
    for (let i = 0; i < 8; i++) {
      const angle = Math.random() * 2 * Math.PI, speed = 5 + Math.random() * 14;
      this.#add({ kind: "spark", x, y, vx: Math.cos(angle) * speed, vy: Math.sin(angle) * speed, size: 0.22, grow: -0.3, life: 0.35, colour });
    }
  }

  /** A number that rises from a place. */
  text(x, y, text, colour) { this.#add({ kind: "text", x, y, vy: this.isCalm ? 0 : 5, life: 1.1, text, colour }); }

  /** @param {number} seconds since the last frame */
  advance(seconds) {
    for (const particle of this.#particles) {
      particle.age += seconds;
      particle.x += particle.vx * seconds;
      particle.y += particle.vy * seconds;
      particle.size = Math.max(0, particle.size + particle.grow * seconds);
    }
    this.#particles = this.#particles.filter((particle) => particle.age < particle.life);
  }

  #add(particle) { if (this.#particles.length < most) this.#particles.push({ vx: 0, vy: 0, size: 0, grow: 0, ...particle, age: 0 }); }
}
