// The members of one interest cell at one tick: what blocks are decoded into and predicted from.

/** Fields of a member, in this order. Places in 1/256 m, velocity in 1/16 m/s, rotation in 1/1024 turns, thrust in m/s². */
export const Field = { slot: 0, generation: 1, type: 2, x: 3, y: 4, vx: 5, vy: 6, r: 7, ax: 8, ay: 9, analogue: 10 };

/** Numbers per member. */
export const stride = 11;

/** Most members of a cell. */
export const maxMembers = 64;

/** A state of a cell: immutable once decoded. */
export class Cell {
  /** @param {number} tick server tick @param {Int32Array} members `stride` numbers each, by slot */
  constructor(tick, members) {
    this.tick = tick;
    this.members = members;
    this.count = members.length / stride;
  }
}
