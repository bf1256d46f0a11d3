// A table whose rows stay where they are while their figures change: buttons keep the focus.

/** One table body. */
export class Table {
  #body;
  #rows = new Map();
  #names;

  /** @param {string} id of the table */
  constructor(id) {
    this.#body = document.querySelector(`#${id} tbody`);
    this.#names = [...document.querySelectorAll(`#${id} th`)].map((head) => head.textContent);
  }

  /**
   * @param {object[]} items @param {(item: object) => string} keyOf @param {(item: object) => (string | {text: string, className: string} | null)[]} textsOf
   * cells' texts; null leaves what {@link build} put there @param {(row: HTMLTableRowElement, key: string) => void} build fills a new row's other cells
   */
  update(items, keyOf, textsOf, build) {
    const seen = new Set();
    for (const item of items) {
      const key = keyOf(item), texts = textsOf(item);
      seen.add(key);
      let row = this.#rows.get(key);
      if (!row) {
        row = this.#body.insertRow();
        // On a narrow screen each cell says its column's name itself.
        texts.forEach((_, i) => { row.insertCell().dataset.name = this.#names[i] ?? ""; });
        build?.(row, key);
        this.#rows.set(key, row);
      }
      texts.forEach((value, i) => {
        if (value === null) return;
        const { text, className } = typeof value === "string" ? { text: value, className: "" } : value, cell = row.cells[i];
        if (cell.textContent !== text) cell.textContent = text;
        if (cell.className !== className) cell.className = className;
      });
    }
    for (const [key, row] of this.#rows) {
      if (seen.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
  }

  /** The row of an item. */
  row(key) { return this.#rows.get(key); }
}

/** A cell with a number on the right. */
export const number = (text) => ({ text: String(text), className: "number" });

/** A button that does something once it was asked for. */
export function button(text, act, className = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.className = className;
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await act();
    } finally {
      made.disabled = false;
    }
  });
  return made;
}
