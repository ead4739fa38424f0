/** The end of the log at the last visit: this browser is a witness of its own. It is kept for each service and network. */

const PREFIX = 'audit-tip';
/** Of the root key; enough to tell networks apart. */
const KEY_BYTES = 16;

function nameOf(canisterId: string, rootKey: Uint8Array): string {
  const end = Array.from(rootKey.slice(-KEY_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${PREFIX}:${canisterId}:${end}`;
}

/** The tip as a line of JSON; undefined where none was kept, or the browser keeps nothing. */
export function readKeptTip(canisterId: string, rootKey: Uint8Array): string | undefined {
  try {
    return localStorage.getItem(nameOf(canisterId, rootKey)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a tip for the next visit, where the browser lets it. */
export function keepTip(tip: string, canisterId: string, rootKey: Uint8Array): void {
  try {
    localStorage.setItem(nameOf(canisterId, rootKey), tip);
  } catch {
    // Without storage each visit is the first.
  }
}
