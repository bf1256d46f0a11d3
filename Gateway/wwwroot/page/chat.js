// The room's chat: lines as text and nothing else.

const kept = 6;
const fadeMs = 12_000;
const byId = (id) => document.getElementById(id);

/** Lines and the field to write one. */
export class Chat {
  #form = byId("say");
  #line = byId("line");

  /** @param {(line: string) => void} say @param {() => void} close the keys belong to the ship again */
  constructor(say, close) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const line = this.#line.value.trim();
      if (line) say(line);
      this.#close(close);
    });
    this.#line.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#close(close);
    });
  }

  open() {
    this.#form.hidden = false;
    this.#line.focus();
  }

  /** Somebody said something. */
  add(name, line, isMine) {
    const item = document.createElement("li"), who = document.createElement("b");
    who.textContent = name;
    item.append(who, line);
    item.classList.toggle("mine", isMine);
    const lines = byId("lines");
    lines.append(item);
    while (lines.children.length > kept) lines.firstElementChild.remove();
    setTimeout(() => item.classList.add("old"), fadeMs);
  }

  #close(close) {
    this.#line.value = "";
    this.#form.hidden = true;
    close();
  }
}
