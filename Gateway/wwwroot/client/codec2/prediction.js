// Where a member should be, in integers (docs/protocol/codec2.md §4.2–4.4): the same numbers as the gateway's encoder.
import { gains } from "./tables.js";

const P24 = 2 ** 24, P31 = 2 ** 31, P32 = 2 ** 32;

/** What is predicted for one member: its way in 1/256 m and its velocity, before and after corrections. */
export class MotionPrediction {
  wayX = 0;
  wayY = 0;
  #wX = 0;
  #wY = 0;
  #rate = 60;
  #n = 0;

  /** @param {number} rate ticks per second @param {number} n ticks from the base to now */
  start(rate, n) {
    this.#rate = rate;
    this.#n = n;
  }

  /**
   * Predicts n ticks after a base with velocity (vx, vy) and thrust (ax, ay) that became (bx, by) for the last s ticks; thrust in 1/256 m/s².
   */
  predict(type, vx, vy, n, ax, ay, s, bx, by) {
    const push = type.push[n], reach = type.reach[n], keep = type.keep[n], reachNew = type.reach[s], pushNew = type.push[s];
    this.wayX = Math.floor((push * vx * 256 + reach * ax + reachNew * (bx - ax) + P31) / P32);
    this.wayY = Math.floor((push * vy * 256 + reach * ay + reachNew * (by - ay) + P31) / P32);
    this.#wX = keep * vx * 256 + push * ax + pushNew * (bx - ax);
    this.#wY = keep * vy * 256 + push * ay + pushNew * (by - ay);
  }

  /** Velocity along x, given by how far the place along x was off. @param {number} kind 0 same thrust, 1 new thrust, 2 analogue */
  vx(kind, error) { return this.#velocity(this.#wX, kind, error); }

  /** Velocity along y. */
  vy(kind, error) { return this.#velocity(this.#wY, kind, error); }

  #velocity(w, kind, error) {
    let gain = 0;
    if (error !== 0) {
      const g = gains[2 * kind + (Math.abs(error) >= 8 ? 1 : 0)][Math.min(this.#n, 15)];
      gain = Math.floor((g * 4096 * this.#rate + 50 * this.#n) / (100 * this.#n));
    }
    const e = Math.max(-32768, Math.min(32767, error));
    return Math.max(-32768, Math.min(32767, Math.floor((w + 65536 * gain * e + P31) / P32)));
  }
}

/** Thrust along one axis that two states m ticks apart show, in 1/256 m/s² (§4.3). */
export function thrustBetween(type, v, before, m) {
  const push = type.push[m];
  const a = Math.floor((256 * (P24 * v - type.keep[m] * before) + Math.floor(push / 2)) / push);
  return Math.max(-256 * type.most, Math.min(256 * type.most, a));
}
