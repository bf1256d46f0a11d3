// What the pilot's hands are doing: keys and touch.

const directions = {
  KeyW: [0, 1], ArrowUp: [0, 1], KeyS: [0, -1], ArrowDown: [0, -1], KeyA: [-1, 0], ArrowLeft: [-1, 0], KeyD: [1, 0], ArrowRight: [1, 0],
};
const stickReach = 46;
const deadZone = 0.12;

/** Whether a key belongs to what has the focus rather than to the ship. */
export function isTyping(event) {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest("input:not([type=range]), select, textarea, dialog")) return true;
  if (target.closest("input[type=range]")) return event.code.startsWith("Arrow");
  return event.code === "Space" && !!target.closest("button, a, summary");
}

/** Tracks held keys and the touch stick; lets go of everything when the window loses focus. */
export class Controls {
  #held = new Set();
  #stick = { x: 0, y: 0 };
  #touchFire = false;

  /** @param {{stick: HTMLElement, knob: HTMLElement, fire: HTMLElement}} touch */
  constructor(touch) {
    addEventListener("keydown", (event) => {
      if ((!(event.code in directions) && event.code !== "Space") || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      this.#held.add(event.code);
    });
    addEventListener("keyup", (event) => this.#held.delete(event.code));
    addEventListener("blur", () => this.release());
    this.#followStick(touch.stick, touch.knob);
    this.#followButton(touch.fire);
  }

  /** Lets go of everything. */
  release() {
    this.#held.clear();
    this.#stick = { x: 0, y: 0 };
    this.#touchFire = false;
  }

  /** Thrust (x right, y up, as in the room) and fire. */
  read() {
    let { x, y } = this.#stick;
    for (const code of this.#held) {
      const direction = directions[code];
      if (direction) { x += direction[0]; y += direction[1]; }
    }
    const length = Math.max(1, Math.hypot(x, y));
    return { x: x / length, y: y / length, fire: this.#touchFire || this.#held.has("Space") };
  }

  #followStick(stick, knob) {
    const move = (event) => {
      const box = stick.getBoundingClientRect();
      let x = (event.clientX - box.left - box.width / 2) / stickReach, y = (event.clientY - box.top - box.height / 2) / stickReach;
      const length = Math.hypot(x, y), most = Math.max(1, length);
      x /= most;
      y /= most;
      this.#stick = length < deadZone ? { x: 0, y: 0 } : { x, y: -y };
      knob.style.transform = `translate(${x * stickReach}px, ${y * stickReach}px)`;
    };
    const release = () => {
      this.#stick = { x: 0, y: 0 };
      knob.style.transform = "";
    };
    stick.addEventListener("pointerdown", (event) => { stick.setPointerCapture(event.pointerId); move(event); });
    stick.addEventListener("pointermove", (event) => { if (stick.hasPointerCapture(event.pointerId)) move(event); });
    stick.addEventListener("pointerup", release);
    stick.addEventListener("pointercancel", release);
  }

  #followButton(button) {
    const hold = (isHeld) => { this.#touchFire = isHeld; button.classList.toggle("held", isHeld); };
    button.addEventListener("pointerdown", (event) => { button.setPointerCapture(event.pointerId); hold(true); });
    button.addEventListener("pointerup", () => hold(false));
    button.addEventListener("pointercancel", () => hold(false));
  }
}
