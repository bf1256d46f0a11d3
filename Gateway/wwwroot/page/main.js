// The page: one client, one canvas, one loop.
import { AetherisClient, ComponentKind, State, shortest } from "../client/index.js";
import { Recent } from "../client/quality.js";
import { Camera } from "./camera.js";
import { Chaos } from "./chaos.js";
import { Chat } from "./chat.js";
import { Controls, isTyping } from "./controls.js";
import { Effects } from "./effects.js";
import { RoomEvents } from "./events.js";
import { Hud } from "./hud.js";
import { NetGraph } from "./netGraph.js";
import { Radar } from "./radar.js";
import { Renderer } from "./renderer.js";
import { EntityType } from "./shapes.js";
import { Spectator } from "./spectator.js";
import { Status } from "./status.js";
import { finishProvider } from "./signIn.js";
import { keepSession, takeSession, takeToken } from "./token.js";
import { anyName, welcome } from "./welcome.js";

const instrumentsEveryMs = 100, radarEveryMs = 50;
const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const token = takeToken();
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 600px)");

const canvas = byId("room");
const renderer = new Renderer(canvas);
const radar = new Radar(byId("radar"));
const camera = new Camera();
const effects = new Effects();
const hud = new Hud();
const spectator = new Spectator();
const netGraph = new NetGraph();
const chaos = new Chaos();
const status = new Status(() => enter(lastChoice));
const events = new RoomEvents(effects, hud, status, (id) => renderer.flash(id));
const controls = new Controls({ stick: byId("stick"), knob: byId("knob"), fire: byId("touch-fire") });
const chat = new Chat((line) => client.say(line), () => canvas.focus());
const frames = { work: new Recent(), interval: new Recent() };

/** @type {AetherisClient} */
let client;
let lastChoice;
let lastFrameMs = performance.now(), lastInstrumentsMs = 0, lastRadarMs = 0, lastGaps = 0;

/** Begins anew: another room, or with a ship instead of without. */
function enter(choice) {
  client?.leave();
  lastChoice = choice;
  effects.clear();
  controls.release();
  camera.isOverview = false;
  const session = token ? null : takeSession();
  const entering = client = new AetherisClient(location.origin, { ...choice, token, session });
  // A guest's sign-in is not worth keeping: whoever comes back chooses a name again.
  client.addEventListener("session", ({ detail }) => { if (session) keepSession(detail && { ...detail, name: session.name }); });
  client.addEventListener("status", ({ detail }) => {
    if (client !== entering) return;
    status.show(detail);
    if (detail.state === State.inRoom) chaos.attach(entering).then((isAllowed) => { byId("open-chaos").hidden = !isAllowed; });
  });
  client.addEventListener("event", ({ detail }) => { if (client === entering) events.show(detail, client); });
  client.addEventListener("chat", ({ detail }) => { if (client === entering) chat.add(detail.name, detail.line, detail.player === client.player); });
  document.body.classList.toggle("watching", choice.spectate);
  byId("watch").hidden = !choice.spectate;
  // For tests and for the curious: what is going on, to be looked at.
  globalThis.aetheris = { client, frames, chaos, camera, effects };
  client.start();
  canvas.focus();
}

function scene() {
  const { view } = client;
  return {
    entities: view.entities.values(), space: view.space, ship: view.ship, own: view.own, followed: client.isSpectator ? spectator.followed : 0,
    place: (entity) => client.place(entity),
  };
}

function frame(nowMs) {
  requestAnimationFrame(frame);
  if (!client) return;
  const started = performance.now(), sinceMs = nowMs - lastFrameMs, seconds = Math.min(0.1, sinceMs / 1000);
  lastFrameMs = nowMs;
  client.intent = controls.read();
  client.poll(started);
  const { view } = client, target = view.own ?? (client.isSpectator ? view.entities.get(spectator.followed) : null);
  const place = target && client.place(target);
  camera.update(place && { vx: target.vx, vy: target.vy, ...place }, renderer.width, renderer.height, view.space, seconds);
  effects.advance(seconds);
  renderer.draw(scene(), camera, effects, nowMs / 1000);
  if (nowMs - lastRadarMs >= radarEveryMs) {
    lastRadarMs = nowMs;
    radar.draw(scene(), camera, renderer.width, renderer.height);
  }
  if (nowMs - lastInstrumentsMs >= instrumentsEveryMs) {
    lastInstrumentsMs = nowMs;
    instruments(nowMs);
  }
  frames.work.add(performance.now() - started);
  frames.interval.add(sinceMs);
  chaos.note(sinceMs, newestGap());
}

/** The longest time between server ticks since the last frame. */
function newestGap() {
  const gaps = client.quality.gap, count = gaps.count - lastGaps;
  lastGaps = gaps.count;
  return count > 0 ? Math.max(...gaps.list().slice(-count)) : 0;
}

function instruments(nowMs) {
  const pilots = [...client.view.entities.values()].filter((entity) => entity.get(ComponentKind.playerName) && entity.type !== EntityType.trainingDummy).length;
  hud.update(client, pilots);
  if (client.isSpectator) spectator.update(client);
  status.update(nowMs);
  netGraph.update(client, frames, nowMs);
  chaos.update();
}

const panels = { net: "open-net", chaos: "open-chaos" };

// On a phone two panels would leave nothing of the room.
function toggle(panel) {
  const opens = byId(panel).hidden;
  for (const [name, button] of Object.entries(panels)) {
    if (name === panel) byId(name).hidden = !opens;
    else if (opens && narrow.matches) byId(name).hidden = true;
    byId(button).setAttribute("aria-expanded", String(!byId(name).hidden));
  }
}

function help() {
  const dialog = byId("help");
  if (dialog.open) {
    dialog.close();
    return;
  }
  dialog.showModal();
  dialog.scrollTop = 0;
}

/** Switches the beam on for the nearest asteroid within its range, or off. */
function mine() {
  const { view } = client, own = view.own, beam = own?.get(ComponentKind.miningBeam);
  if (!beam) return;
  if (beam.active) {
    client.toggleMining(beam.target);
    return;
  }
  const distance = (rock) => Math.hypot(shortest(rock.x - own.x, view.space.width), shortest(rock.y - own.y, view.space.height));
  const nearest = [...view.entities.values()].filter((entity) => entity.type === EntityType.asteroid).sort((a, b) => distance(a) - distance(b))[0];
  if (nearest && distance(nearest) <= beam.range) client.toggleMining(nearest.id);
  else status.note(nearest ? `The nearest asteroid is ${distance(nearest).toFixed(0)} m away; the beam reaches ${beam.range} m` : "There is no asteroid in sight");
}

function overview() {
  camera.isOverview = !camera.isOverview;
  byId("overview").setAttribute("aria-pressed", String(camera.isOverview));
}

const zoomBy = (factor) => { camera.zoom = Math.max(0.5, Math.min(2.5, camera.zoom * factor)); };
const watching = (act) => () => { if (client?.isSpectator) act(); };
const keys = {
  F1: help, F2: () => { if (!byId("open-chaos").hidden) toggle("chaos"); }, F3: () => toggle("net"),
  F4: () => { renderer.backdrop.showsGrid = !renderer.backdrop.showsGrid; }, "?": help,
  f: mine, t: () => chat.open(), Enter: () => chat.open(), "+": () => zoomBy(1.15), "-": () => zoomBy(1 / 1.15),
  n: watching(() => spectator.go(client, 1)), p: watching(() => spectator.go(client, -1)), o: watching(overview),
};

addEventListener("keydown", (event) => {
  const act = keys[event.key] ?? keys[event.key.toLowerCase()];
  const isFunctionKey = /^F\d/.test(event.key);
  const isHeldByButton = event.key === "Enter" && event.target.closest?.("button, a");
  if (!act || event.repeat || event.ctrlKey || event.altKey || event.metaKey || isHeldByButton || (!isFunctionKey && isTyping(event))) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]") || (act === help && byId("help").open)) act();
});
addEventListener("wheel", (event) => { if (event.target === canvas) zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1); }, { passive: true });
// A button that was clicked must not take the next Space, which fires.
addEventListener("click", (event) => { if (event.detail > 0 && event.target.closest?.("button") && !event.target.closest("dialog, #chat")) canvas.focus(); });
byId("open-help").addEventListener("click", help);
byId("open-net").addEventListener("click", keys.F3);
byId("open-chaos").addEventListener("click", keys.F2);
byId("open-chat").addEventListener("click", () => chat.open());
byId("touch-mine").addEventListener("click", mine);
byId("next").addEventListener("click", keys.n);
byId("previous").addEventListener("click", keys.p);
byId("overview").addEventListener("click", keys.o);
byId("take-off").addEventListener("click", () => welcome(client.room, enter));
byId("help").addEventListener("close", () => canvas.focus());
addEventListener("pagehide", () => client?.leave());

function setCalm() { renderer.backdrop.isStill = effects.isCalm = camera.isSteady = calm.matches; }
calm.addEventListener("change", setCalm);
setCalm();
document.body.classList.toggle("touch", matchMedia("(pointer: coarse)").matches);

// A link may say it all: ?watch=ROOM watches, ?room=NAME and ?name=PILOT fly. Otherwise one watches while signing in.
const room = query.get("room") ?? undefined, watched = query.get("watch");
if (watched) enter({ name: anyName(), room: watched, spectate: true });
else if (query.get("name") || token) enter({ name: query.get("name") ?? anyName(), room, spectate: false });
else {
  const news = await finishProvider();
  enter({ name: anyName(), room, spectate: true });
  byId("sign-in-news").textContent = news;
  welcome(room, (choice) => { if (!choice.spectate || choice.room !== (room ?? "playground")) enter(choice); else canvas.focus(); });
}
requestAnimationFrame(frame);
