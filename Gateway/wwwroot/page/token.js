// An access token in the address's fragment, which never leaves the browser: operators come with one.

const key = "aetheris.token";

/** The token of `#token=…`, or the one of this tab; null without any. It is taken out of the address at once. */
export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    history.replaceState(null, "", location.pathname + location.search);
    keepToken(given);
  }
  return sessionStorage.getItem(key);
}

/** Keeps a token for this tab; null forgets it. */
export function keepToken(token) {
  if (token) sessionStorage.setItem(key, token); else sessionStorage.removeItem(key);
}

const sessionKey = "aetheris.session";

/** The sign-in of this tab with an account; null without one. @returns {import("../client/match.js").Session | null} */
export function takeSession() {
  try {
    const session = JSON.parse(sessionStorage.getItem(sessionKey));
    // JSON has no Infinity: without a time there is nothing to exchange.
    return session && { ...session, renewAt: session.renewAt ?? Infinity };
  } catch {
    return null;
  }
}

/** Keeps a sign-in for this tab; null forgets it. */
export function keepSession(session) {
  if (session) sessionStorage.setItem(sessionKey, JSON.stringify(session)); else sessionStorage.removeItem(sessionKey);
}
