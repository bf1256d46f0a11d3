// The replay page: choose a track, play it, drag the bar. Space plays, arrows step, Home and End jump.
import { Track, TrackProblem } from "./track.js";

const get = id => document.getElementById(id);
const canvas = get("picture"), bar = get("bar"), play = get("play"), speed = get("speed"), time = get("time"), hint = get("hint"), log = get("events");
const pen = canvas.getContext("2d");
const logSeconds = 4, maxLines = 6, stepSeconds = 1;
const asteroid = 5, drop = 6, projectile = 20;
// Okabe and Ito: distinguishable with any colour vision; shapes differ as well.
const colours = { 1: "#56b4e9", 2: "#e69f00", 3: "#cc79a7", 4: "#009e73", [asteroid]: "#9a9a9a", [drop]: "#f0e442", 10: "#d55e00", [projectile]: "#ffffff" };

let track = null, playing = false, moment = 0, last = 0, shown = "";

async function open(file) {
  if (!file) return;
  try {
    track = await Track.read(file);
  } catch (problem) {
    if (!(problem instanceof TrackProblem)) throw problem;
    hint.textContent = problem.message;
    hint.hidden = false;
    return;
  }
  hint.hidden = true;
  bar.max = String(track.seconds);
  bar.disabled = play.disabled = false;
  document.title = `Aetheris: replay of ${track.room}`;
  seek(0);
  setPlaying(!matchMedia("(prefers-reduced-motion: reduce)").matches);
}

function setPlaying(on) {
  playing = on && track !== null;
  if (playing && moment >= track.seconds) seek(0);
  play.textContent = playing ? "Pause" : "Play";
  play.setAttribute("aria-pressed", String(playing));
  last = performance.now();
  if (playing) requestAnimationFrame(frame);
}

function seek(seconds) {
  if (!track) return;
  moment = Math.min(Math.max(seconds, 0), track.seconds);
  bar.value = String(moment);
  const text = `${moment.toFixed(2)} / ${track.seconds.toFixed(1)} s, tick ${track.tickAt(moment)}`;
  time.textContent = text;
  bar.setAttribute("aria-valuetext", text);
  draw();
}

function frame(now) {
  if (!playing) return;
  seek(moment + (now - last) / 1000 * Number(speed.value));
  last = now;
  if (moment >= track.seconds) setPlaying(false);
  else requestAnimationFrame(frame);
}

function draw() {
  const scale = devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  if (!track) return;
  const [minX, minY, maxX, maxY] = track.bounds;
  const zoom = Math.min(canvas.width / (maxX - minX), canvas.height / (maxY - minY)) * 0.96;
  const left = (canvas.width - (maxX - minX) * zoom) / 2, top = (canvas.height - (maxY - minY) * zoom) / 2;
  pen.strokeStyle = "#3b4d70";
  pen.lineWidth = scale;
  pen.strokeRect(left, top, (maxX - minX) * zoom, (maxY - minY) * zoom);
  pen.font = `${12 * scale}px system-ui, sans-serif`;
  pen.textAlign = "center";
  track.forEachAt(moment, (entity, x, y, r) => {
    pen.save();
    // y grows upwards in the room.
    pen.translate(left + (x - minX) * zoom, top + (maxY - y) * zoom);
    pen.fillStyle = colours[entity.type] ?? "#ffffff";
    shape(entity.type, r, Math.max(zoom * 3, 5 * scale), scale);
    if (entity.name && entity.type < asteroid) {
      pen.fillStyle = "#e6edf7";
      pen.fillText(entity.name, 0, -12 * scale);
    }
    pen.restore();
  });
  tell();
}

function shape(type, r, size, scale) {
  pen.beginPath();
  if (type === projectile) pen.arc(0, 0, 2 * scale, 0, 7);
  else if (type === asteroid) pen.arc(0, 0, size * 1.4, 0, 7);
  else if (type === drop) pen.rect(-size / 2, -size / 2, size, size);
  else {
    const x = Math.cos(r), y = -Math.sin(r);
    pen.moveTo(x * size * 1.6, y * size * 1.6);
    pen.lineTo((-x - y * 0.8) * size, (-y + x * 0.8) * size);
    pen.lineTo((-x + y * 0.8) * size, (-y - x * 0.8) * size);
  }
  pen.fill();
}

function tell() {
  const lines = track.eventsBetween(moment - logSeconds, moment).filter(event => event.kind !== "Damage").slice(-maxLines)
    .map(event => `${event.kind} ${track.nameOf(event.entity)}${event.other ? ` · ${track.nameOf(event.other)}` : ""}`);
  const text = lines.join("\n");
  if (text === shown) return;
  shown = text;
  log.replaceChildren(...lines.map(line => Object.assign(document.createElement("div"), { textContent: line })));
}

get("controls").addEventListener("submit", event => event.preventDefault());
get("file").addEventListener("change", event => open(event.target.files[0]));
play.addEventListener("click", () => setPlaying(!playing));
bar.addEventListener("input", () => { setPlaying(false); seek(Number(bar.value)); });
addEventListener("resize", draw);
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => { event.preventDefault(); open(event.dataTransfer.files[0]); });
addEventListener("keydown", event => {
  // Controls that have the focus keep their own keys.
  if (event.target.matches?.("button, select, input[type=file]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = event.shiftKey ? 1 / 60 : stepSeconds;
  const keys = {
    " ": () => setPlaying(!playing), ArrowLeft: () => seek(moment - step), ArrowRight: () => seek(moment + step),
    Home: () => seek(0), End: () => seek(Infinity),
  };
  const act = keys[event.key];
  if (!act || !track) return;
  event.preventDefault();
  if (event.key !== " ") setPlaying(false);
  act();
});
