// How one ship moves in one tick: World/Motion/ShipMotion.cs again, every operation rounded to binary32.
import { atan2, ieeeRemainder } from "./float32.js";

const f = Math.fround;
const pi = f(3.14159274), twoPi = f(6.28318548), radiansPerDegree = f(0.017453292), epsilon = f(1.1920929e-7), minTurnSpeedSquared = f(0.01);
const tiny = f(1e-30);
const length = (x, y) => f(Math.sqrt(f(f(x * x) + f(y * y))));

/**
 * One tick: unit disc, thrust, drag, speed limit, place, turn, torus.
 * @param {{x: number, y: number, vx: number, vy: number, rotation: number}} ship changed
 * @param {{base_mass: number, thrust_force: number, max_velocity: number, turn_rate: number, drag: number, mass_per_ore: number}} body of GET /api/world
 * @param {number} ore in the hold @param {{minX: number, minY: number, maxX: number, maxY: number}} bounds @param {number} dt seconds per tick, binary32
 */
export function tickShip(ship, body, moveX, moveY, ore, bounds, dt) {
  [moveX, moveY] = unitDisc(f(moveX), f(moveY));
  step(ship, body, moveX, moveY, ore, dt);
  ship.x = wrap(ship.x, bounds.minX, bounds.maxX);
  ship.y = wrap(ship.y, bounds.minY, bounds.maxY);
}

function unitDisc(x, y) {
  let n = length(x, y);
  if (!(n > 1)) return [x, y];
  if (n === Infinity) {
    x = f(x * tiny);
    y = f(y * tiny);
    n = length(x, y);
  }
  return [f(x / n), f(y / n)];
}

function step(ship, body, moveX, moveY, ore, dt) {
  const mass = f(f(body.base_mass) + f(f(ore) * f(body.mass_per_ore)));
  const thrust = f(f(body.thrust_force) / mass);
  let vx = f(ship.vx + f(f(moveX * thrust) * dt)), vy = f(ship.vy + f(f(moveY * thrust) * dt));
  const k = f(1 / f(1 + f(f(body.drag) * dt)));
  vx = f(vx * k);
  vy = f(vy * k);
  const speed = length(vx, vy), most = f(body.max_velocity);
  if (speed > most && speed > epsilon) {
    const r = f(most / speed);
    vx = f(vx * r);
    vy = f(vy * r);
  }
  ship.vx = vx;
  ship.vy = vy;
  ship.x = f(ship.x + f(vx * dt));
  ship.y = f(ship.y + f(vy * dt));
  if (f(f(vx * vx) + f(vy * vy)) > minTurnSpeedSquared) ship.rotation = turn(ship.rotation, atan2(vy, vx), f(body.turn_rate), dt);
}

function wrap(value, min, max) {
  const size = f(f(max) - f(min));
  if (!(size > 0)) return value;
  let remainder = f(f(value - f(min)) % size);
  if (remainder < 0) remainder = f(remainder + size);
  return f(remainder + f(min));
}

function turn(rotation, target, turnRate, dt) {
  let d = f(target - rotation);
  if (!(Math.abs(d) <= 8 * twoPi)) d = ieeeRemainder(d, twoPi);
  while (d > pi) d = f(d - twoPi);
  while (d < -pi) d = f(d + twoPi);
  const most = f(f(turnRate * radiansPerDegree) * dt);
  if (Math.abs(d) < most) return target;
  if (Number.isNaN(d)) return rotation;
  const turned = f(rotation + f((d < 0 || Object.is(d, -0) ? -1 : 1) * most));
  return Math.abs(turned) > twoPi ? ieeeRemainder(turned, twoPi) : turned;
}
