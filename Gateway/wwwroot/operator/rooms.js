// The table of rooms, with the recent tick times of each as a line, and where it may go.
import { Table, button, number } from "./table.js";

const kept = 60;
const budgetMs = 1000 / 60;

/** One for the page. */
export class Rooms {
  #table = new Table("rooms");
  #history = new Map();
  #ticks = new Map();
  #ask;
  #say;

  /** @param {(path: string, method: string, body: object) => Promise<object>} ask @param {(text: string, isBad?: boolean) => void} say */
  constructor(ask, say) {
    this.#ask = ask;
    this.#say = say;
  }

  show(rooms, silos) {
    const sorted = [...rooms].sort((a, b) => b.players - a.players || a.room.localeCompare(b.room));
    this.#table.update(sorted, (room) => room.room, (room) => [
      null, room.silo, number(room.players), number(room.entities), number(this.#rate(room)), number(`${room.tickP99Ms.toFixed(2)} ms`),
      number(`${room.tickCpuP50Us.toFixed(0)} µs`), null, number(room.epoch), null,
    ], (row, name) => this.#build(row, name));
    const active = silos.filter((silo) => silo.state === "Active").map((silo) => silo.silo);
    for (const room of rooms) this.#update(this.#table.row(room.room), room, active);
  }

  #build(row, name) {
    const link = document.createElement("a");
    link.href = `../?watch=${encodeURIComponent(name)}`;
    link.textContent = name;
    row.cells[0].append(link);
    const spark = document.createElement("canvas");
    spark.className = "spark";
    spark.width = 240;
    spark.height = 48;
    spark.setAttribute("aria-hidden", "true");
    row.cells[7].append(spark);
    const choice = document.createElement("select"), line = document.createElement("div");
    choice.setAttribute("aria-label", `Silo for ${name}`);
    line.className = "row";
    line.append(choice, button("Move", () => this.#move(name, choice.value)));
    row.cells[9].append(line);
  }

  #update(row, room, silos) {
    const choice = row.querySelector("select"), others = silos.filter((silo) => silo !== room.silo);
    if ([...choice.options].map((option) => option.value).join() !== others.join()) choice.replaceChildren(...others.map((silo) => new Option(silo)));
    choice.parentElement.hidden = others.length === 0;
    const history = this.#history.get(room.room) ?? [];
    history.push(room.tickP99Ms);
    if (history.length > kept) history.shift();
    this.#history.set(room.room, history);
    draw(row.querySelector("canvas"), history);
  }

  /** Ticks per second since the last look. */
  #rate({ room, tick }) {
    const now = performance.now(), before = this.#ticks.get(room);
    this.#ticks.set(room, { tick, at: now, rate: before?.rate });
    if (!before || tick === before.tick) return before?.rate ?? "–";
    const rate = (((tick - before.tick) * 1000) / (now - before.at)).toFixed(0);
    this.#ticks.get(room).rate = rate;
    return rate;
  }

  async #move(room, silo) {
    try {
      const move = await this.#ask(`/api/admin/rooms/${room}/migrate`, "POST", { silo });
      this.#say(`${room} moved to ${move.to} in ${move.gapMs.toFixed(0)} ms`);
    } catch (problem) {
      this.#say(`${room}: ${problem.message}`, true);
    }
  }
}

/** The share of a tick's time: the upper edge is all of it. */
function draw(canvas, values) {
  const context = canvas.getContext("2d"), { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  context.fillStyle = "rgb(132 160 226 / 14%)";
  context.fillRect(0, 0, width, height);
  context.strokeStyle = "#6cc4f5";
  context.lineWidth = 3;
  context.beginPath();
  values.forEach((value, i) => context.lineTo((i / (kept - 1)) * width, height - 2 - Math.min(1, value / budgetMs) * (height - 4)));
  context.stroke();
}
