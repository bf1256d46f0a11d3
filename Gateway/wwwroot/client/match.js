// The HTTP side of a gateway: signing in, finding a room, and which gateway to ask next.

const avoidMs = 10_000;
const timeoutMs = 5000;

/** An answer that is not 2xx, or none at all (status 0). */
export class HttpProblem extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** One call with JSON in and out. @throws {HttpProblem} */
export async function call(url, { method = "GET", token, body } = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new HttpProblem(0, "The server does not answer");
  }
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    // An answer of something in between that is not JSON: its status has to do.
  }
  if (!response.ok) throw new HttpProblem(response.status, answer.detail ?? answer.title ?? `HTTP ${response.status}`);
  return answer;
}

/**
 * A sign-in: its tokens, and when to exchange them.
 * @typedef {{token: string, refreshToken: string | null, renewAt: number}} Session
 */

// A token is exchanged when a fifth of its life is left.
const renewAfter = 0.8;

/** What a sign-in's or a refresh's answer is worth. @returns {Session} */
export function sessionOf({ token, refreshToken = null, expiresInSeconds = 0 }) {
  return { token, refreshToken, renewAt: refreshToken && expiresInSeconds > 0 ? Date.now() + expiresInSeconds * 1000 * renewAfter : Infinity };
}

/** Knows the gateways of the shard and who the player is there. */
export class Matchmaker {
  /** Told of every new session, and of null when a sign-in is over. @type {(session: Session | null) => void} */
  onSession = () => {};
  #gateways;
  #asked = 0;
  #name;
  /** @type {Session | null} */
  #session = null;
  #isAccount;
  #renewing = null;
  #failedAt = new Map();
  #wanted = null;

  /** @param {string} http base URL of a gateway @param {string} name of the player @param {Session | null} [session] a sign-in to go on with instead of a guest's */
  constructor(http, name, session = null) {
    this.#gateways = [http];
    this.#name = name;
    this.#session = session;
    this.#isAccount = Boolean(session?.refreshToken);
  }

  /** Access token; null before a sign-in. @type {string | null} */
  get token() { return this.#session?.token ?? null; }

  /** Whether the access token should be exchanged for the next one. */
  get isRenewalDue() { return Boolean(this.#session?.refreshToken) && Date.now() >= this.#session.renewAt; }

  /** Base URL of the gateway that is asked now. */
  get http() { return this.#gateways[this.#asked % this.#gateways.length]; }

  /** Signs in unless signed in. */
  async signIn() {
    if (this.isRenewalDue) await this.renew();
    if (this.token) return;
    // Somebody with an account must not come back as a guest.
    if (this.#isAccount) throw new HttpProblem(403, "Your sign-in is over; sign in again");
    this.#take(await this.#call("/api/auth/guest", "POST", { name: this.#name }, null));
  }

  /** Exchanges the tokens, once at a time: a refresh token that is shown twice ends the sign-in. */
  renew() { return this.#renewing ??= this.#renew().finally(() => { this.#renewing = null; }); }

  /** What the world is made of. */
  world() { return this.ask("/api/world"); }

  /** A room, a connect token and the gateway to take. @param {object} wish */
  async match(wish, nowMs) {
    await this.signIn();
    const answer = await this.ask("/api/match", "POST", wish);
    const gateways = answer.gateways?.length ? answer.gateways : [{ http: this.http, ws: answer.ws }];
    this.#gateways = [...new Set([this.http, ...gateways.map((gateway) => gateway.http)])];
    this.#asked = 0;
    const rank = (gateway) => {
      if (this.#wanted && gateway.udp?.port === this.#wanted.port) return -1;
      const at = this.#failedAt.get(gateway.ws);
      return at !== undefined && nowMs - at < avoidMs ? at + 1 : 0;
    };
    const best = [...gateways].sort((a, b) => rank(a) - rank(b))[0];
    this.#wanted = null;
    return { room: answer.room, connectToken: answer.connectToken, ws: best.ws };
  }

  /** A gateway does not serve: another one comes first for a while. */
  avoid(ws, nowMs) { if (ws) this.#failedAt.set(ws, nowMs); }

  /** The server names the gateway to take next. */
  want(host, port) { this.#wanted = { host, port }; }

  /** The access token is not taken any more: the next one is fetched, or another sign-in made. */
  forgetToken() { this.#session = this.#session?.refreshToken ? { ...this.#session, token: null, renewAt: 0 } : null; }

  async #renew() {
    try {
      this.#take(await this.#call("/api/auth/refresh", "POST", { refreshToken: this.#session.refreshToken }, null));
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) {
        this.#session = null;
        this.onSession(null);
      }
      if (problem.status !== 401) throw problem;
    }
  }

  #take(answer) {
    this.#session = sessionOf(answer);
    this.onSession(this.#session);
  }

  /** Asks the gateway that answered last; the next call asks another one if it does not. @throws {HttpProblem} */
  ask(path, method = "GET", body = undefined) { return this.#call(path, method, body, this.token); }

  async #call(path, method, body, token) {
    try {
      return await call(this.http + path, { method, token, body });
    } catch (problem) {
      if (problem.status === 401 && token) this.forgetToken();
      // Whoever does not answer, or cannot, is asked last.
      if (problem.status === 0 || problem.status >= 500) this.#asked++;
      throw problem;
    }
  }
}
