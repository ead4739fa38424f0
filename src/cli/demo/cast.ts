import { Principal } from '@dfinity/principal';
import { sha256 } from '@noble/hashes/sha2';
import { utf8ToBytes } from '@noble/hashes/utils';
import { PEOPLE } from './texts.ts';

/** The user_ids of so many users. */
export function userNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_user, i) => {
    const name = PEOPLE[i % PEOPLE.length] ?? '';
    const round = Math.floor(i / PEOPLE.length);
    return round === 0 ? name : `${name}.${round + 1}`;
  });
}

/** A principal of the demo, for which nobody has a key. */
export function inventedPrincipal(name: string): Principal {
  return Principal.selfAuthenticating(sha256(utf8ToBytes(`demo: ${name}`)));
}
