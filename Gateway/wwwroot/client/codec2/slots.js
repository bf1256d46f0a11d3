// Which entity is meant by a room's slot and generation.

const unseenTicks = 64;

/**
 * An entity that moved out of a cell is kept until it shows up in another one, at least as long as a base may name it: a block against
 * such a base relies on the id and the values that came before.
 */
export class Slots {
  #bySlot = new Map();
  #homeless = new Set();
  #view;

  /** @param {import("../view/roomView.js").RoomView} view */
  constructor(view) { this.#view = view; }

  clear() {
    this.#bySlot.clear();
    this.#homeless.clear();
  }

  /** An entity is a member of a cell at a tick. @returns {object | null} null when this is not the newest thing known about it */
  enter(slot, generation, id, type, cell, tick) {
    const number = Number(id), known = this.#bySlot.get(slot);
    if (known && tick < known.seen) return null;
    if (known && known.id !== number) this.#view.forget(known.id);
    const entity = this.#view.enter(number, type);
    if (!entity) {
      this.#bySlot.delete(slot);
      return null;
    }
    const member = { id: number, generation, seen: tick, cell, entity };
    this.#bySlot.set(slot, member);
    this.#homeless.delete(slot);
    return member;
  }

  /** A member, if it is known and nothing newer is known of it. */
  find(slot, generation, tick) {
    const member = this.#bySlot.get(slot);
    if (!member || member.generation !== generation || tick < member.seen) return null;
    // The view may have let go of it: a despawn arrives as an event, too.
    return this.#view.entities.get(member.id) === member.entity ? member : null;
  }

  /** An entity left a cell for another one. */
  leave(slot, generation, cell) {
    const member = this.#bySlot.get(slot);
    if (!member || member.generation !== generation || member.cell !== cell) return;
    member.cell = -1;
    this.#homeless.add(slot);
  }

  /** An entity is gone for good. */
  despawn(slot, generation, tick) {
    const member = this.#bySlot.get(slot);
    if (!member || member.generation !== generation) return;
    this.#view.despawn(member.id, tick);
    this.#bySlot.delete(slot);
  }

  /** The cell is out of sight with all its members. */
  dropCell(cell) {
    for (const [slot, member] of this.#bySlot) if (member.cell === cell) this.#drop(slot, member);
  }

  /** Takes those out of the view that belonged to no cell for too long. */
  sweep(tick) {
    for (const slot of this.#homeless) {
      const member = this.#bySlot.get(slot);
      const isLost = member && member.cell < 0;
      if (isLost && member.seen + unseenTicks > tick) continue;
      this.#homeless.delete(slot);
      if (isLost) this.#drop(slot, member);
    }
  }

  #drop(slot, member) {
    this.#view.forget(member.id);
    this.#bySlot.delete(slot);
  }
}
