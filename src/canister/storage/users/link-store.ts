import { sameBytes } from '../../codec/index.ts';
import { decodeUserLink, encodeUserLink, ownerOf, type UserLink } from '../../models/users/user-link.ts';
import type { ByteMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';

/**
 * Which principals own user_ids, and the open codes. Links are found by user number; beside them stand the user numbers of each principal,
 * and of each code's hash: a principal has at most 29 bytes, a hash 32.
 */
export class LinkStore {
  readonly #links: ByteMap;
  readonly #users: ByteMap;

  constructor(links: ByteMap, users: ByteMap) {
    this.#links = links;
    this.#users = users;
  }

  get(user: number): UserLink | undefined {
    const bytes = this.#links.get(sequenceKey(user));
    return bytes === undefined ? undefined : decodeUserLink(bytes);
  }

  /** The principal that the user is linked to. */
  owner(user: number): Uint8Array | undefined {
    const bytes = this.#links.get(sequenceKey(user));
    return bytes === undefined ? undefined : ownerOf(bytes);
  }

  /** The user numbers of a principal, in the order in which they were linked; or the one of a code's hash. */
  usersOf(holder: Uint8Array): number[] {
    const bytes = this.#users.get(holder) ?? new Uint8Array(0);
    return Array.from({ length: bytes.length / 4 }, (_, i) =>
      decodeSequenceKey(bytes.subarray(i * 4, i * 4 + 4)),
    );
  }

  /** Puts a link in the place of the user's one before. */
  put(user: number, link: UserLink): void {
    const before = this.get(user);
    this.#move(user, before?.owner?.principal, link.owner?.principal);
    this.#move(user, before?.code?.hash, link.code?.hash);
    if (link.owner === undefined && link.code === undefined) this.#links.delete(sequenceKey(user));
    else this.#links.set(sequenceKey(user), encodeUserLink(link));
  }

  /** Takes the user from their owner, and makes their open code worth nothing. */
  remove(user: number): void {
    const link = this.get(user);
    if (link !== undefined) this.put(user, { ...link, owner: undefined, code: undefined });
  }

  /** Takes the user from one holder's list to another's. */
  #move(user: number, from: Uint8Array | undefined, to: Uint8Array | undefined): void {
    if (from !== undefined && to !== undefined && sameBytes(from, to)) return;
    if (from !== undefined) {
      this.#save(
        from,
        this.usersOf(from).filter((other) => other !== user),
      );
    }
    if (to !== undefined) this.#save(to, [...this.usersOf(to), user]);
  }

  #save(holder: Uint8Array, users: readonly number[]): void {
    if (users.length === 0) this.#users.delete(holder);
    else this.#users.set(holder, Uint8Array.from(users.flatMap((user) => [...sequenceKey(user)])));
  }
}
