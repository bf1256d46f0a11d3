// The page: one client, one canvas, one loop.
import { AetherisClient } from "../client/aetheris.js";
import { Controls } from "./controls.js";
import { Renderer } from "./renderer.js";

const shownBehindTicks = 3;
const figuresEveryMs = 1000;

const query = new URLSearchParams(location.search);
const client = new AetherisClient(location.origin, {
  room: query.get("room") ?? undefined,
  name: query.get("name") ?? `Pilot ${Math.floor(1000 + Math.random() * 9000)}`,
});
const renderer = new Renderer(document.getElementById("room"));
const controls = new Controls();
const status = document.getElementById("status");
const figures = document.getElementById("figures");

client.addEventListener("status", (event) => { status.textContent = event.detail; });
addEventListener("pagehide", () => client.quit());

let shown = 0;
let lastFrameMs = performance.now();
let lastFiguresMs = lastFrameMs;
let lastStats = { bytes: 0, datagrams: 0 };

function frame(nowMs) {
  client.poll(nowMs, controls.read());
  showTick(nowMs);
  renderer.draw(client.view, client.ship, shown);
  if (nowMs - lastFiguresMs >= figuresEveryMs) showFigures(nowMs);
  requestAnimationFrame(frame);
}

// Follows the newest tick smoothly, a few ticks behind, so that there is a state on both sides to interpolate between.
function showTick(nowMs) {
  const wanted = client.view.newestTick - shownBehindTicks;
  shown += (nowMs - lastFrameMs) * 60 / 1000;
  lastFrameMs = nowMs;
  const off = wanted - shown;
  shown = Math.abs(off) > 30 ? wanted : shown + off * 0.1;
}

function showFigures(nowMs) {
  const seconds = (nowMs - lastFiguresMs) / 1000;
  const { bytes, datagrams, tick, margin } = client.stats;
  figures.textContent = client.connected
    ? `${client.room} · ${client.view.entities.size} entities · tick ${tick} · margin ${(margin / 1000).toFixed(1)} ms · ${((bytes - lastStats.bytes) / 1000 / seconds).toFixed(1)} KB/s · ${Math.round((datagrams - lastStats.datagrams) / seconds)} messages/s`
    : "";
  lastStats = { bytes, datagrams };
  lastFiguresMs = nowMs;
}

requestAnimationFrame(frame);
