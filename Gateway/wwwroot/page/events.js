// What the room's events look like and say.
import { ComponentKind, EventKind } from "../client/index.js";
import { palette } from "./palette.js";
import { radiusOf } from "./shapes.js";

/** Turns events into effects and news. */
export class RoomEvents {
  #effects;
  #hud;
  #status;
  #flash;

  /** @param {import("./effects.js").Effects} effects @param {import("./hud.js").Hud} hud @param {import("./status.js").Status} status @param {(id: number) => void} flash */
  constructor(effects, hud, status, flash) {
    this.#effects = effects;
    this.#hud = hud;
    this.#status = status;
    this.#flash = flash;
  }

  /** @param {object} event @param {import("../client/index.js").AetherisClient} client */
  show(event, client) {
    const { view } = client, entity = view.entities.get(event.entity), other = view.entities.get(event.other);
    const place = (of) => (of && client.place(of)) ?? { x: event.x, y: event.y };
    switch (event.kind) {
      case EventKind.damage: {
        const at = place(other);
        this.#flash(event.other);
        this.#effects.hit(at.x, at.y, palette.shield);
        if (event.entity === view.ship || event.other === view.ship)
          this.#effects.text(at.x, at.y + 4, `−${event.amount}`, event.other === view.ship ? palette.bad : palette.ownShot);
        break;
      }
      case EventKind.death: this.#death(event, client, entity, place(entity)); break;
      case EventKind.respawn: this.#effects.explosion(event.x, event.y, 1, palette.shield); break;
      case EventKind.cargoCollected: {
        const at = place(other);
        this.#effects.text(at.x, at.y + 3, `+${event.amount} ore`, palette.drop);
        break;
      }
      case EventKind.asteroidDepleted: {
        const at = place(entity);
        this.#effects.explosion(at.x, at.y, 3, palette.rockLight);
        this.#hud.tell("An asteroid is empty");
        break;
      }
      case EventKind.cleared: this.#status.note("The room was cleared"); break;
    }
  }

  #death(event, client, entity, at) {
    const { view } = client, isOwn = event.entity === view.ship;
    this.#effects.explosion(at.x, at.y, radiusOf[entity?.type] ?? 3, isOwn ? palette.own : palette.pilot);
    const name = entity?.get(ComponentKind.playerName) ?? "A ship";
    const killer = view.entities.get(event.other)?.get(ComponentKind.playerName);
    this.#hud.tell(killer ? `${killer} destroyed ${name}` : `${name} is lost`, isOwn || event.other === view.ship);
    if (isOwn) this.#status.note("Your ship is lost. A new one is on its way…", 3000);
  }
}
