// Sessions: looked up, ended, banned; listed where the gateway lists them.
import { Table, button, number } from "./table.js";

const byId = (id) => document.getElementById(id);

/** One for the page. */
export class Sessions {
  #ask;
  #table = new Table("players");
  #routes = new Set();
  #player = "";

  /** @param {(path: string, method?: string, body?: object) => Promise<object>} ask */
  constructor(ask) {
    this.#ask = ask;
    byId("lookup").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#look(byId("player").value.trim());
    });
    byId("revoke").addEventListener("click", () => this.#try("The session has ended.", () => this.#ask(`/api/admin/sessions/${this.#player}`, "DELETE")));
    byId("ban").addEventListener("click", () => this.#ban());
  }

  /** Which of the routes this gateway has. */
  async learn() {
    const document = await this.#ask("/openapi/v1.json");
    this.#routes = new Set(Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)));
    byId("ban").hidden = !this.#routes.has("post /api/admin/bans");
    byId("players-card").hidden = !this.#routes.has("get /api/admin/sessions");
  }

  /** Lists who is connected. */
  async show() {
    if (byId("players-card").hidden) return;
    const list = await this.#ask("/api/admin/sessions");
    this.#table.update(list, (session) => session.player, (session) => [
      session.name, session.room, session.role, session.transport, number(`${session.seconds} s`), number(session.suspicion), null,
    ], (row, player) => row.cells[6].append(button("Look up", () => {
      byId("player").value = player;
      return this.#look(player);
    })));
  }

  async #look(player) {
    this.#player = player;
    byId("revoke").disabled = byId("ban").disabled = player === "";
    byId("session").replaceChildren();
    byId("session-news").textContent = "";
    if (!player || !this.#routes.has("get /api/admin/sessions/{player}")) return;
    try {
      this.#list(await this.#ask(`/api/admin/sessions/${encodeURIComponent(player)}`));
    } catch (problem) {
      byId("session-news").textContent = problem.message;
    }
  }

  #list(session) {
    byId("session").replaceChildren(...Object.entries(session).filter(([, value]) => value !== null && value !== "").flatMap(([name, value]) => {
      const term = document.createElement("dt"), text = document.createElement("dd");
      term.textContent = name;
      text.textContent = typeof value === "object" ? JSON.stringify(value) : String(value);
      return [term, text];
    }));
  }

  async #ban() {
    const reason = prompt("Why? The player reads it.");
    if (reason) await this.#try("Banned.", () => this.#ask("/api/admin/bans", "POST", { player: this.#player, reason }));
  }

  async #try(done, act) {
    try {
      await act();
      await this.#look(this.#player);
      byId("session-news").textContent = done;
    } catch (problem) {
      byId("session-news").textContent = problem.message;
    }
  }
}
