// Who is watched when one has no ship.
import { ComponentKind } from "../client/index.js";
import { EntityType } from "./shapes.js";

const ships = new Set([EntityType.interceptor, EntityType.aiInterceptor, EntityType.dreadnought, EntityType.hauler]);
const name = (entity) => entity?.get(ComponentKind.playerName) ?? "a ship";
const byId = (id) => document.getElementById(id);

/** Keeps a ship in view and goes on to another. */
export class Spectator {
  /** Network id of the ship that is followed, 0 without one. */
  followed = 0;

  /** @param {import("../client/index.js").AetherisClient} client */
  update(client) {
    const list = this.#ships(client);
    if (!list.some((entity) => entity.id === this.followed)) this.followed = list[0]?.id ?? 0;
    const text = name(client.view.entities.get(this.followed));
    if (byId("followed").textContent !== text) byId("followed").textContent = this.followed ? text : "nobody";
  }

  /** @param {1 | -1} step */
  go(client, step) {
    const list = this.#ships(client), at = list.findIndex((entity) => entity.id === this.followed);
    this.followed = list.length ? list[(at + step + list.length) % list.length].id : 0;
  }

  /** Ships by id, so that "next" is the same for everybody. */
  #ships(client) { return [...client.view.entities.values()].filter((entity) => ships.has(entity.type)).sort((a, b) => a.id - b.id); }
}
