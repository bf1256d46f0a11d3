// The instruments in the document: gauges of the own ship, news, where one is.
import { ComponentKind } from "../client/index.js";

const keptNews = 5;
const newsMs = 9000;
const byId = (id) => document.getElementById(id);

/** Writes only what has changed: the document costs more than the canvas. */
function write(element, text) { if (element.textContent !== text) element.textContent = text; }

/** All readouts. */
export class Hud {
  #gauges = new Map([...document.querySelectorAll(".gauge")].map((gauge) => [gauge.dataset.pool, { bar: gauge.querySelector(".track div"), text: gauge.querySelector("b") }]));

  /** @param {import("../client/index.js").AetherisClient} client @param {number} pilots in the room */
  update(client, pilots) {
    const { view } = client, own = view.own;
    write(byId("where"), client.room ? `${client.room} · ${pilots} ${pilots === 1 ? "pilot" : "pilots"}` : "");
    write(byId("radar-caption"), `${view.space.width} × ${view.space.height} m`);
    byId("ship").hidden = client.isSpectator || !own;
    if (!own) return;
    const stats = own.get(ComponentKind.shipStats);
    this.#gauge("shield", own.get(ComponentKind.shieldPool));
    this.#gauge("hull", own.get(ComponentKind.hullPool));
    this.#gauge("energy", stats && { current: stats.energy, most: stats.mostEnergy });
    this.#gauge("cargo", own.get(ComponentKind.cargoHold));
    write(byId("speed"), `${Math.hypot(own.vx, own.vy).toFixed(0)} m/s`);
    const weapon = own.get(ComponentKind.weapon);
    const left = weapon?.lastFiredTick ? weapon.lastFiredTick + weapon.cooldownTicks - view.newestTick : 0;
    write(byId("weapon"), left > 0 ? `${(left / view.space.tickRate).toFixed(1)} s` : "ready");
    write(byId("beam"), own.get(ComponentKind.miningBeam)?.active ? "on" : "off");
  }

  /** Something that everybody in the room may know. */
  tell(text, isMine = false) {
    const feed = byId("feed"), item = document.createElement("li");
    item.textContent = text;
    item.classList.toggle("mine", isMine);
    feed.prepend(item);
    while (feed.children.length > keptNews) feed.lastElementChild.remove();
    setTimeout(() => item.remove(), newsMs);
  }

  #gauge(name, pool) {
    const { bar, text } = this.#gauges.get(name);
    const share = pool?.most ? Math.round((pool.current / pool.most) * 200) / 200 : 0;
    if (bar.dataset.share !== String(share)) {
      bar.dataset.share = String(share);
      bar.style.transform = `scaleX(${share})`;
    }
    write(text, pool ? `${pool.current}` : "–");
  }
}
