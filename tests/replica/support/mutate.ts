import type { Random } from './random.ts';

/** The bytes with one to three changes behind the first `kept`: bits flipped, bytes set, inserted, removed or repeated. */
export function mutate(bytes: Uint8Array, random: Random, kept = 0): Uint8Array {
  const changed = [...bytes];
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = kept + random.below(Math.max(1, changed.length - kept));
    switch (random.below(6)) {
      case 0:
        changed.splice(at, 1 + random.below(4));
        break;
      case 1:
        changed.splice(at, 0, random.below(256));
        break;
      case 2:
        changed.splice(at, 1, random.oneIn(2) ? 0xff : random.below(256));
        break;
      case 3:
        changed.splice(at, 0, ...changed.slice(Math.max(kept, at - random.below(40)), at));
        break;
      default:
        changed.splice(at, 1, (changed[at] ?? 0) ^ (1 << random.below(8)));
    }
  }
  return Uint8Array.from(changed);
}
