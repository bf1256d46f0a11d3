// Shows the player's own ship where it will be: the newest state from the room plus the inputs it has not answered yet.
import { ComponentKind } from "../view/components.js";
import { angle, shortest, wrap } from "../view/torus.js";
import { CorrectionBlend } from "./correctionBlend.js";
import { tickShip } from "./shipMotion.js";

const window = 256, holdTicks = 15, maxAhead = 120;
const neutral = { x: 0, y: 0 };

/**
 * Steps {@link tickShip} once per sent input. The room's state of a tick is compared with the prediction for it by bits; a difference is one
 * misprediction, and everything after it is predicted again from the room's state. Client/Prediction/OwnShipPrediction.cs again.
 */
export class Prediction {
  compared = 0;
  mispredictions = 0;
  blend = new CorrectionBlend();
  #states = new Array(window).fill(null);
  #inputs = new Array(window).fill(null);
  #bodies;
  #ship = 0;
  #base = 0;
  #last = 0;
  #dt = Math.fround(1 / 60);

  /** @param {Map<number, object>} bodies by entity type */
  constructor(bodies) { this.#bodies = bodies; }

  /** Starts over. */
  reset(tickRate) {
    this.#ship = this.#base = this.#last = 0;
    this.#dt = Math.fround(1 / tickRate);
    this.#states.fill(null);
    this.#inputs.fill(null);
    this.blend.clear();
  }

  /** An input was sent; the prediction goes on to its target tick. */
  onInput(targetTick, x, y, view) {
    this.#inputs[targetTick % window] = { tick: targetTick, x, y };
    if (this.#base !== 0 && targetTick > this.#last && targetTick - this.#base < maxAhead) this.#predictTo(targetTick, view);
  }

  /** Compares with what has arrived and predicts again where it differs. Call once per poll. */
  reconcile(view) {
    const own = view.own;
    if (!own || !own.tick || !this.#bodies.get(own.type)) return;
    if (own.id !== this.#ship || this.#base === 0) {
      const target = Math.max(this.#last, own.tick);
      this.#ship = own.id;
      this.#setBase(own);
      this.#predictTo(target, view);
      return;
    }
    if (own.tick > this.#base) this.#compare(own, view);
  }

  /** Where to draw the ship between the last two predictions, corrections hidden; null without a prediction. */
  shown(fraction, view) {
    const now = this.#base && this.#states[this.#last % window];
    if (!now || view.ship !== this.#ship) return null;
    const { bounds, width, height } = view.space, before = this.#states[(this.#last - 1) % window];
    const back = before && before.tick + 1 === now.tick ? 1 - fraction : 0;
    const dx = back ? shortest(before.x - now.x, width) * back : 0, dy = back ? shortest(before.y - now.y, height) * back : 0;
    const turned = back ? angle(before.rotation - now.rotation) * back : 0;
    return {
      x: wrap(now.x + dx + this.blend.x, bounds.minX, width), y: wrap(now.y + dy + this.blend.y, bounds.minY, height),
      rotation: angle(now.rotation + turned + this.blend.rotation), vx: now.vx, vy: now.vy,
    };
  }

  #compare(own, view) {
    const predicted = this.#states[own.tick % window];
    if (!predicted || predicted.tick !== own.tick) {
      // The room is past everything predicted: nothing to compare with.
      this.#setBase(own);
      return;
    }
    this.compared++;
    this.#base = own.tick;
    const differs = ["x", "y", "vx", "vy", "rotation"].some((name) => !Object.is(predicted[name], own[name]));
    if (!differs) return;
    this.mispredictions++;
    const last = this.#last, shown = this.#states[last % window];
    this.#setBase(own);
    this.#predictTo(last, view);
    const right = this.#states[this.#last % window];
    if (this.#last === last)
      this.blend.add(shortest(shown.x - right.x, view.space.width), shortest(shown.y - right.y, view.space.height), angle(shown.rotation - right.rotation));
  }

  #setBase({ tick, x, y, vx, vy, rotation }) {
    this.#states[tick % window] = { tick, x, y, vx, vy, rotation };
    this.#base = this.#last = tick;
  }

  #predictTo(target, view) {
    const own = view.own, body = own && this.#bodies.get(own.type);
    if (!body || target - this.#base >= maxAhead) return;
    const ore = own.get(ComponentKind.cargoHold)?.current ?? 0;
    for (let tick = this.#last + 1; tick <= target; tick++) {
      const state = { ...this.#states[(tick - 1) % window], tick }, held = this.#heldAt(tick);
      tickShip(state, body, held.x, held.y, ore, view.bounds, this.#dt);
      this.#states[tick % window] = state;
      this.#last = tick;
    }
  }

  /** The input of a tick, else the one held from up to 15 ticks before, else neutral. */
  #heldAt(tick) {
    for (let back = 0; back <= holdTicks && back < tick; back++) {
      const input = this.#inputs[(tick - back) % window];
      if (input && input.tick === tick - back) return input;
    }
    return neutral;
  }
}
