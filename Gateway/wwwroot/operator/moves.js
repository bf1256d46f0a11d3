// Migrations as they happen: a room's last move is another one than a second ago.

const kept = 50;
const slowMs = 67;

/** The list of moves since the page was opened, newest first. */
export class Moves {
  #list;
  #last = new Map();
  #isFirst = true;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
    list.append(line("none", "No room has moved since this page was opened."));
  }

  /** @param {{room: string, lastMove: object | null}[]} rooms */
  show(rooms) {
    for (const { room, lastMove } of rooms) {
      if (lastMove && this.#last.get(room) !== lastMove.tick && !this.#isFirst) this.#add(room, lastMove);
      this.#last.set(room, lastMove?.tick);
    }
    this.#isFirst = false;
  }

  #add(room, move) {
    this.#list.querySelector(".none")?.remove();
    const item = line(move.gapMs > slowMs ? "slow" : "", ` ${room}: ${move.from} → ${move.to}, ${move.gapMs.toFixed(0)} ms between two ticks`);
    const time = document.createElement("time");
    time.textContent = new Date().toLocaleTimeString();
    item.prepend(time);
    this.#list.prepend(item);
    while (this.#list.children.length > kept) this.#list.lastElementChild.remove();
  }
}

function line(className, text) {
  const item = document.createElement("li");
  item.className = className;
  item.textContent = text;
  return item;
}
