// The operator's view: the admin routes, asked once a second.
import { HttpProblem, call } from "../client/index.js";
import { keepToken, takeToken } from "../page/token.js";
import { Moves } from "./moves.js";
import { Rooms } from "./rooms.js";
import { Sessions } from "./sessions.js";
import { Table, button, number } from "./table.js";

const everyMs = 1000;
const byId = (id) => document.getElementById(id);
const silos = new Table("silos"), gateways = new Table("gateways");
const sent = new Map();
let token = takeToken();

const ask = (path, method = "GET", body = undefined) => call(path.startsWith("http") ? path : location.origin + path, { method, token, body });
const moves = new Moves(byId("moves"));
const rooms = new Rooms(ask, say);
const sessions = new Sessions(ask);

/** One line on how it goes. */
function say(text, isBad = false) {
  byId("health").textContent = text;
  byId("health").classList.toggle("bad", isBad);
}

async function act(what, path) {
  try {
    await ask(path, "POST", {});
    say(`${what}: done`);
  } catch (problem) {
    say(`${what}: ${problem.message}`, true);
  }
}

function showSilos(list) {
  silos.update(list, (silo) => silo.silo, (silo) => [
    silo.silo, { text: silo.state, className: silo.state === "Active" ? "state" : "state bad" }, number(silo.rooms), silo.version, null,
  ], (row, name) => row.cells[4].append(button("Drain", async () => {
    if (confirm(`Drain silo ${name}? Its rooms move away and it takes no new ones, for good.`)) await act(`Drain of ${name}`, `/api/admin/silos/${name}/drain`);
  }, "danger")));
}

function showGateways(list) {
  gateways.update(list, (gateway) => gateway.gateway, (gateway) => [
    `${gateway.http}`, number(gateway.connections), number(rateOf(gateway)),
    { text: gateway.draining ? "Draining" : "Open", className: gateway.draining ? "state bad" : "state" }, null,
  ], (row, id) => row.cells[4].append(button("Drain", async () => {
    if (confirm(`Drain gateway ${id}? Its players are sent on, then it stops.`)) await act(`Drain of gateway ${id}`, `/api/admin/gateways/${id}/drain`);
  }, "danger")));
}

/** Bytes of state that a gateway sends, as a rate between its last two reports. */
function rateOf({ gateway, stateBytes }) {
  const before = sent.get(gateway), now = performance.now();
  if (!before || stateBytes !== before.bytes) {
    const text = before ? `${Math.max(0, (stateBytes - before.bytes) / (now - before.at)).toFixed(1)} KB/s` : "–";
    sent.set(gateway, { bytes: stateBytes, at: now, text });
  }
  return sent.get(gateway).text;
}

function showTotals(roomList, siloList, gatewayList) {
  const players = roomList.reduce((sum, room) => sum + room.players, 0), worst = Math.max(0, ...roomList.map((room) => room.tickP99Ms));
  const connections = gatewayList.reduce((sum, gateway) => sum + gateway.connections, 0);
  byId("totals").replaceChildren(...[
    [siloList.filter((silo) => silo.state === "Active").length, "silos"], [roomList.length, "rooms"], [players, "players"],
    [gatewayList.length, "gateways"], [connections, "connections"], [`${worst.toFixed(1)} ms`, "worst tick p99"],
  ].map(([value, name]) => {
    const item = document.createElement("li"), figure = document.createElement("b");
    figure.textContent = String(value);
    item.append(figure, name);
    return item;
  }));
}

async function look() {
  const [roomList, siloList, gatewayList] = await Promise.all([ask("/api/admin/rooms"), ask("/api/admin/silos"), ask("/api/admin/gateways")]);
  moves.show(roomList);
  rooms.show(roomList, siloList);
  showSilos(siloList);
  showGateways(gatewayList);
  showTotals(roomList, siloList, gatewayList);
  await sessions.show();
}

async function loop() {
  if (!document.hidden) {
    try {
      await look();
      if (byId("health").classList.contains("bad") || byId("health").textContent === "") say("Live");
    } catch (problem) {
      if (!(problem instanceof HttpProblem)) throw problem;
      if (problem.status === 401) {
        keepToken(token = null);
        signIn("The token is not taken any more.");
        return;
      }
      say(problem.message, true);
    }
  }
  setTimeout(loop, everyMs);
}

function signIn(refusal = "") {
  byId("view").hidden = byId("sign-out").hidden = byId("orleans").hidden = true;
  byId("sign-in").hidden = false;
  byId("refusal").textContent = refusal;
  byId("token").focus();
}

async function enter() {
  try {
    const me = await ask("/api/me");
    if (!me.mayOperate) {
      signIn(`${me.name} has the role ${me.role}; this view needs admin.`);
      return;
    }
    await sessions.learn();
  } catch (problem) {
    signIn(problem.message);
    return;
  }
  keepToken(token);
  byId("sign-in").hidden = true;
  byId("view").hidden = byId("sign-out").hidden = byId("orleans").hidden = false;
  loop();
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  byId("token").value = "";
  enter();
});
byId("sign-out").addEventListener("click", () => {
  keepToken(null);
  location.reload();
});
// A new tab brings no token of its own: the server makes a cookie of it first.
byId("orleans").addEventListener("click", async () => {
  try {
    await ask("/api/admin/dashboard", "POST");
    open("/api/admin/dashboard/", "_blank", "noopener");
  } catch (problem) {
    say(problem.status === 404 ? "The Orleans Dashboard is off: Aetheris:Cluster:Dashboard switches it on." : problem.message, true);
  }
});
if (token) enter(); else signIn();
