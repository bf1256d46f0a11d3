// What the pilot's hands are doing: WASD or arrows steer, Space fires.
import { Buttons } from "../client/link.js";

const directions = {
  KeyW: [0, 1], ArrowUp: [0, 1],
  KeyS: [0, -1], ArrowDown: [0, -1],
  KeyA: [-1, 0], ArrowLeft: [-1, 0],
  KeyD: [1, 0], ArrowRight: [1, 0],
};

/** Tracks held keys; lets go of everything when the window loses focus. */
export class Controls {
  #held = new Set();

  constructor(target = window) {
    target.addEventListener("keydown", (event) => {
      if (!(event.code in directions) && event.code !== "Space") return;
      event.preventDefault();
      this.#held.add(event.code);
    });
    target.addEventListener("keyup", (event) => this.#held.delete(event.code));
    target.addEventListener("blur", () => this.#held.clear());
  }

  /** Thrust (x right, y up, as in the world) and buttons. */
  read() {
    let x = 0, y = 0;
    for (const code of this.#held) {
      const direction = directions[code];
      if (direction) { x += direction[0]; y += direction[1]; }
    }
    x = Math.sign(x);
    y = Math.sign(y);
    const length = Math.hypot(x, y) || 1;
    return { x: x / length, y: y / length, buttons: this.#held.has("Space") ? Buttons.fire : 0 };
  }
}
