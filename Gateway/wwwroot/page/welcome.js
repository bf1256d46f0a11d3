// Signing in: a name, a room, and off.
import { call } from "../client/index.js";
import { SignIn } from "./signIn.js";

const nameKey = "aetheris.name";
const byId = (id) => document.getElementById(id);
let signIn;

function rememberedName() {
  try {
    return localStorage.getItem(nameKey);
  } catch {
    // Storage may be forbidden; a name of chance will do.
    return null;
  }
}

/** A name to begin with. */
export function anyName() { return rememberedName() ?? `Pilot ${Math.floor(1000 + Math.random() * 9000)}`; }

/** Shows the dialog and hands over what was chosen. @param {string | undefined} room to offer first @param {(choice: {name: string, room: string, spectate: boolean}) => void} choose */
export async function welcome(room, choose) {
  const dialog = byId("welcome"), name = byId("name"), rooms = byId("room-choice");
  name.value = anyName();
  rooms.replaceChildren(option(room ?? "playground"));
  dialog.returnValue = "";
  dialog.showModal();
  name.select();
  signIn ??= new SignIn();
  const asked = signIn.open();
  const done = (spectate) => choose({ name: name.value.trim() || anyName(), room: rooms.value, spectate });
  byId("sign-in").onsubmit = () => {
    try {
      localStorage.setItem(nameKey, name.value.trim());
    } catch {
      // As above.
    }
  };
  byId("just-watch").onclick = () => dialog.close("watch");
  dialog.onclose = () => done(dialog.returnValue !== "fly");
  await asked;
  for (const open of await call(`${location.origin}/api/rooms`).catch(() => []))
    if (![...rooms.options].some(({ value }) => value === open.room)) rooms.append(option(open.room));
}

function option(room) {
  const made = document.createElement("option");
  made.value = made.textContent = room;
  return made;
}
