import { ANONYMOUS, CONTROLLER, OWNER, principal, STRANGER } from '../../support/wasm-canister.ts';

/** Who may be agents; the first has every right, and keeps it for long. */
export const AGENTS = [2, 6, 7, 8].map((seed) => principal(seed).toText());
export const USERS = [20, 21, 22].map((seed) => principal(seed).toText());
export const ADMINS = [OWNER, CONTROLLER, principal(5)].map((each) => each.toText());
const OTHERS = [ANONYMOUS, STRANGER].map((each) => each.toText());

/** Everybody who calls. */
export const CALLERS = [...AGENTS, ...USERS, ...ADMINS, ...OTHERS] as [string, ...string[]];

/** Whom calls are about. */
export const USER_IDS = [USERS[0] ?? '', USERS[1] ?? '', 'plain-1', 'plain-2', 'ümlaut 😀'] as [
  string,
  ...string[],
];
