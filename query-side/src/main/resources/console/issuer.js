/** Signing in at an OpenID Connect issuer: the authorization code flow with PKCE (RFC 7636), for a client that keeps no secret. */

const PENDING = "rapport.sign-in";

/** @typedef {{ way: "PASSWORD" | "ISSUER", issuer?: string, clientId?: string, scope?: string }} SignIn */

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const secret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const redirectUri = () => `${location.origin}/console/signed-in`;

/** How one signs in here. @returns {Promise<SignIn>} */
export async function waysIn() {
  const response = await fetch("/console/sign-in.json", { credentials: "omit" });
  if (!response.ok) throw new Error("Rapport does not say how to sign in.");
  return response.json();
}

/** @param {string} issuer */
async function discover(issuer) {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, { credentials: "omit" });
  if (!response.ok) throw new Error("The issuer of tokens does not say where to sign in.");
  return response.json();
}

/** Leaves for the issuer, and remembers where to come back to. @param {SignIn} signIn */
export async function leaveForIssuer(signIn) {
  const endpoints = await discover(signIn.issuer ?? "");
  const pending = { state: secret(), verifier: secret(), back: location.pathname + location.search };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pending.verifier));
  const question = new URLSearchParams({
    response_type: "code",
    client_id: signIn.clientId ?? "",
    redirect_uri: redirectUri(),
    scope: signIn.scope ?? "openid",
    state: pending.state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${endpoints.authorization_endpoint}?${question}`);
}

/** Whether the issuer has just sent somebody back. */
export const isBackFromIssuer = () => location.pathname === "/console/signed-in";

/**
 * Changes the code that the issuer sent back for a token. The code leaves the address before anything else happens.
 * @param {SignIn} signIn
 * @returns {Promise<string | null>} the credentials, or none if this tab asked nothing: anybody can make a link to such an answer
 */
export async function credentialsOfIssuer(signIn) {
  const answer = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null");
  history.replaceState(null, "", pending?.back ?? "/");
  if (!pending) return null;
  if (answer.get("state") !== pending.state) {
    throw new Error("That answer of the issuer was not to a question of this tab. Sign in again.");
  }
  sessionStorage.removeItem(PENDING);
  if (answer.has("error")) {
    throw new Error(answer.get("error_description") ?? `The issuer of tokens refused: ${answer.get("error")}.`);
  }
  const endpoints = await discover(signIn.issuer ?? "");
  const response = await fetch(endpoints.token_endpoint, {
    method: "POST",
    credentials: "omit",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: answer.get("code") ?? "",
      redirect_uri: redirectUri(),
      client_id: signIn.clientId ?? "",
      code_verifier: pending.verifier,
    }),
  });
  if (!response.ok) throw new Error("The issuer of tokens did not accept its own code. Sign in again.");
  return `Bearer ${(await response.json()).access_token}`;
}
