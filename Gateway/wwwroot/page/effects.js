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
    this.#add({ kind: "ring", x, y, vx: 0, vy: 0, size, grow: size * 5, life: 0.7, colour });
    if (this.isCalm) return;
    this.#add({ kind: "flash", x, y, vx: 0, vy: 0, size: size * 2.4, grow: size, life: 0.22, colour: "#fff4d6" });
    for (let i = 0; i < 34; i++) {
      const angle = Math.random() * 2 * Math.PI, speed = (2 + Math.random() * 9) * Math.sqrt(size);
      this.#add({
        kind: "spark", x, y, vx: Math.cos(angle) * speed, vy: Math.sin(angle) * speed, size: 0.25 + Math.random() * 0.5, grow: -0.3,
        life: 0.5 + Math.random() * 0.9, colour: i % 3 ? colour : "#ffe2a8",
      });
    }
  }

  /** A hit. */
  hit(x, y, colour) {
    if (this.isCalm) return;
    for (let i = 0; i < 7; i++) {
      const angle = Math.random() * 2 * Math.PI, speed = 3 + Math.random() * 9;
      this.#add({ kind: "spark", x, y, vx: Math.cos(angle) * speed, vy: Math.sin(angle) * speed, size: 0.3, grow: -0.4, life: 0.35, colour });
    }
  }

  /** A number that rises from a place. */
  text(x, y, text, colour) { this.#add({ kind: "text", x, y, vx: 0, vy: this.isCalm ? 0 : 5, size: 0, grow: 0, life: 1.1, text, colour }); }

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

  #add(particle) { if (this.#particles.length < most) this.#particles.push({ ...particle, age: 0 }); }
}
