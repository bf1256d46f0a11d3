// Signing in with an account: a code in an e-mail, or a provider of accounts.
import { call, sessionOf } from "../client/index.js";
import { keepSession, takeSession } from "./token.js";

const startedKey = "aetheris.oidc";
const byId = (id) => document.getElementById(id);
const post = (path, body) => call(location.origin + path, { method: "POST", body });
const randomText = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The part of the dialog that is about accounts; hidden where the server offers none. */
export class SignIn {
  #requestId = "";
  #methods = { guest: true, email: false, oidc: [] };

  constructor() {
    this.#onClick("send-code", () => this.#sendCode());
    this.#onClick("use-code", () => this.#useCode());
    byId("sign-out").onclick = () => {
      keepSession(null);
      this.#show();
    };
    // Enter does what stands beside the field, and does not take off.
    for (const [field, button] of [["email", "send-code"], ["code", "use-code"]]) {
      byId(field).onkeydown = (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        byId(button).click();
      };
    }
  }

  /** Asks the server what it offers. */
  async open() {
    this.#show();
    this.#methods = await call(`${location.origin}/api/auth/methods`).catch(() => this.#methods);
    const providers = this.#methods.oidc.filter(({ authorize }) => authorize);
    byId("providers").replaceChildren(...providers.map((provider) => this.#providerButton(provider)));
    this.#show();
  }

  #show() {
    const session = takeSession(), { guest, email, oidc } = this.#methods;
    byId("account").hidden = !(email || oidc.length || session);
    byId("ways").hidden = Boolean(session);
    byId("by-email").hidden = !email;
    byId("signed-in").hidden = !session;
    byId("account-name").textContent = session?.name ?? "";
    byId("fly").disabled = !(guest || session);
  }

  async #sendCode() {
    const { requestId } = await post("/api/auth/email/request", { email: byId("email").value });
    this.#requestId = requestId;
    byId("code-step").hidden = false;
    byId("code").focus();
    this.#say("If this address can be reached, a code is on its way. It is good for ten minutes.");
  }

  async #useCode() {
    this.#take(await post("/api/auth/email/login", { requestId: this.#requestId, code: byId("code").value, name: byId("name").value.trim() }));
    byId("code").value = "";
    byId("code-step").hidden = true;
    byId("fly").focus();
  }

  #take(answer) {
    keepSession({ ...sessionOf(answer), name: answer.name });
    this.#say(`Welcome, ${answer.name}.`);
    this.#show();
  }

  #providerButton({ provider, clientId, authorize }) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Sign in with ${provider}`;
    button.onclick = () => this.#try(button, async () => {
      const { nonceId, nonce } = await post("/api/auth/oidc/nonce", {});
      const state = randomText();
      sessionStorage.setItem(startedKey, JSON.stringify({ nonceId, state, provider, search: location.search, name: byId("name").value.trim() }));
      const url = new URL(authorize);
      const redirect = location.origin + location.pathname;
      for (const [key, value] of Object.entries({ response_type: "id_token", response_mode: "fragment", scope: "openid profile", client_id: clientId, redirect_uri: redirect, nonce, state }))
        url.searchParams.set(key, value);
      location.assign(url);
    });
    return button;
  }

  #onClick(id, act) { byId(id).onclick = () => this.#try(byId(id), act); }

  async #try(button, act) {
    button.disabled = true;
    try {
      await act();
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.#say(problem.message);
    } finally {
      button.disabled = false;
    }
  }

  #say(text) { byId("sign-in-news").textContent = text; }
}

/** Ends a sign-in that a provider sent back to this page with an ID token. @returns {Promise<string>} what to tell; empty where nothing came back */
export async function finishProvider() {
  const answer = new URLSearchParams(location.hash.slice(1)), started = JSON.parse(sessionStorage.getItem(startedKey));
  if (!started || !answer.get("state")) return "";
  sessionStorage.removeItem(startedKey);
  history.replaceState(null, "", location.pathname + started.search);
  // An answer to somebody else's question is none.
  if (answer.get("state") !== started.state || !answer.get("id_token")) return answer.get("error_description") ?? "The provider did not sign you in.";
  try {
    const { nonceId, provider, name } = started;
    const signedIn = await post("/api/auth/oidc/login", { nonceId, provider, name, idToken: answer.get("id_token") });
    keepSession({ ...sessionOf(signedIn), name: signedIn.name });
    return `Welcome, ${signedIn.name}.`;
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    return problem.message;
  }
}
