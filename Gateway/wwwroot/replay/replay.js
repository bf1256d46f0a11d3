// The replay page: open a track, play it, drag the bar. Space plays, arrows step, Home and End jump.
import { Recent } from "../client/quality.js";
import { Picture } from "./picture.js";
import { Track, TrackProblem } from "./track.js";

const logSeconds = 4, maxLines = 6, stepSeconds = 1, tickSeconds = 1 / 60, longestJump = 0.5;
const words = { Death: "is lost", Respawn: "is back", AsteroidDepleted: "is empty", CargoCollected: "collected cargo", Cleared: "The room was cleared" };
const get = (id) => document.getElementById(id);
const bar = get("moment"), play = get("play"), speed = get("speed"), follow = get("follow");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const picture = new Picture(get("room"), calm.matches);
const work = new Recent();

let track = null, isPlaying = false, moment = 0, drawn = 0, lastMs = performance.now(), told = "";

async function open(file) {
  if (!file) return;
  try {
    track = await Track.read(file);
  } catch (problem) {
    if (!(problem instanceof TrackProblem)) throw problem;
    get("problem").textContent = problem.message;
    get("hint").hidden = false;
    return;
  }
  picture.open(track);
  get("hint").hidden = true;
  get("controls").hidden = get("another").hidden = false;
  get("where").textContent = `Replay of ${track.room}`;
  document.title = `Aetheris replay of ${track.room}`;
  bar.max = String(track.seconds);
  follow.replaceChildren(new Option("whole room", "0"), ...track.pilots.map(({ id, name }) => new Option(name, String(id))));
  get("marks").replaceChildren(...track.events.filter(({ kind }) => kind === "Death").map((event) => {
    const mark = document.createElement("i");
    mark.style.left = `${(100 * track.momentOf(event.tick)) / track.seconds}%`;
    return mark;
  }));
  seek(0);
  setPlaying(!calm.matches);
  play.focus();
}

function setPlaying(on) {
  isPlaying = on && track !== null;
  if (isPlaying && moment >= track.seconds) seek(0);
  play.textContent = isPlaying ? "Pause" : "Play";
}

function seek(seconds) {
  if (!track) return;
  moment = Math.min(Math.max(seconds, 0), track.seconds);
  bar.value = String(moment);
  const text = `${moment.toFixed(2)} / ${track.seconds.toFixed(1)} s, tick ${track.tickAt(moment)}`;
  get("time").textContent = text;
  bar.setAttribute("aria-valuetext", text);
  tell();
}

function frame(nowMs) {
  requestAnimationFrame(frame);
  const started = performance.now(), seconds = Math.min(0.1, (nowMs - lastMs) / 1000);
  lastMs = nowMs;
  if (isPlaying) {
    seek(moment + seconds * Number(speed.value));
    if (moment >= track.seconds) setPlaying(false);
  }
  picture.draw(moment, nowMs, seconds);
  // Who drags the bar far sees where everybody was, and not everything between at once.
  if (track && moment > drawn && moment - drawn < longestJump) picture.light(drawn, moment);
  drawn = moment;
  work.add(performance.now() - started);
}

function tell() {
  const lines = track.eventsBetween(moment - logSeconds, moment).filter(({ kind }) => words[kind]).slice(-maxLines)
    .map(({ kind, entity }) => (kind === "Cleared" ? words.Cleared : `${track.nameOf(entity)} ${words[kind]}`));
  const text = lines.join("\n");
  if (text === told) return;
  told = text;
  get("feed").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

get("controls").addEventListener("submit", (event) => event.preventDefault());
get("file").addEventListener("change", (event) => open(event.target.files[0]));
get("another").addEventListener("click", () => get("file").click());
play.addEventListener("click", () => setPlaying(!isPlaying));
follow.addEventListener("change", () => { picture.followed = Number(follow.value); });
bar.addEventListener("input", () => { setPlaying(false); seek(Number(bar.value)); });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => { event.preventDefault(); open(event.dataTransfer.files[0]); });
addEventListener("keydown", (event) => {
  // Controls that have the focus keep their own keys.
  if (event.target.matches?.("button, select, a, input[type=file]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = event.shiftKey ? tickSeconds : stepSeconds;
  const keys = {
    " ": () => setPlaying(!isPlaying), ArrowLeft: () => seek(moment - step), ArrowRight: () => seek(moment + step),
    Home: () => seek(0), End: () => seek(Infinity),
  };
  const act = keys[event.key];
  if (!act || !track) return;
  event.preventDefault();
  if (event.key !== " ") setPlaying(false);
  act();
});
// For tests and for the curious.
globalThis.replay = { work, picture, get track() { return track; }, get moment() { return moment; } };
requestAnimationFrame(frame);
