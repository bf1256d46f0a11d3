// The HTTP side of a gateway: signing in, finding a room, and which gateway to ask next.

const renewWhenLeftMs = 60_000;
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

/** Knows the gateways of the shard and who the player is there. */
export class Matchmaker {
  /** @type {string | null} access token */
  token = null;
  #gateways;
  #asked = 0;
  #name;
  #ends = 0;
  #failedAt = new Map();
  #wanted = null;

  /** @param {string} http base URL of a gateway @param {string} name of the player @param {string | null} [token] an access token to use instead of a guest's */
  constructor(http, name, token = null) {
    this.#gateways = [http];
    this.#name = name;
    this.token = token;
    this.#ends = token ? Infinity : 0;
  }

  /** Base URL of the gateway that is asked now. */
  get http() { return this.#gateways[this.#asked % this.#gateways.length]; }

  /** Signs in unless signed in. */
  async signIn() {
    if (this.token && Date.now() < this.#ends - renewWhenLeftMs) return;
    const answer = await this.ask("/api/auth/guest", "POST", { name: this.#name });
    this.token = answer.token;
    this.#ends = Date.parse(answer.expiresAt);
  }

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

  /** The access token is not taken any more. */
  forgetToken() {
    this.token = null;
    this.#ends = 0;
  }

  /** Asks the gateway that answered last; the next call asks another one if it does not. @throws {HttpProblem} */
  async ask(path, method = "GET", body = undefined) {
    try {
      return await call(this.http + path, { method, token: this.token, body });
    } catch (problem) {
      if (problem.status === 401) this.forgetToken();
      // Whoever does not answer, or cannot, is asked last.
      if (problem.status === 0 || problem.status >= 500) this.#asked++;
      throw problem;
    }
  }
}
