// Moves ships as lines on stdin say and prints where they are: a test compares with World/Motion/ShipMotion.cs bit by bit.
// In, one line each, numbers as hexadecimal bits of binary32: x y vx vy rotation moveX moveY ore(decimal) baseMass thrust maxVelocity turnRate drag massPerOre
// Out: x y vx vy rotation. Bounds are ±250 m, 60 ticks per second.
import { readFileSync } from "node:fs";
import { tickShip } from "../motion/shipMotion.js";

const word = new DataView(new ArrayBuffer(4));
const read = (hex) => { word.setUint32(0, parseInt(hex, 16)); return word.getFloat32(0); };
const write = (value) => { word.setFloat32(0, value); return word.getUint32(0).toString(16).padStart(8, "0"); };
const bounds = { minX: -250, minY: -250, maxX: 250, maxY: 250 }, dt = Math.fround(1 / 60);

const out = readFileSync(0, "utf8").trim().split("\n").map((line) => {
  const parts = line.split(" ");
  const [x, y, vx, vy, rotation, moveX, moveY] = parts.slice(0, 7).map(read);
  const [base_mass, thrust_force, max_velocity, turn_rate, drag, mass_per_ore] = parts.slice(8).map(read);
  const ship = { x, y, vx, vy, rotation };
  tickShip(ship, { base_mass, thrust_force, max_velocity, turn_rate, drag, mass_per_ore }, moveX, moveY, Number(parts[7]), bounds, dt);
  return [ship.x, ship.y, ship.vx, ship.vy, ship.rotation].map(write).join(" ");
});
console.log(out.join("\n"));
