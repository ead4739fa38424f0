import { BoundedMap } from './bounded-map.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import { placeBytes, type SecretPlace } from './secret-place.ts';

/** A secret of a call that can be sent again. */
interface RequestedSecret {
  readonly requestId: string;
  readonly place: SecretPlace;
  readonly secret: string;
}

const MOST = 256;

/**
 * What secrets were sealed to, by the request id of their call. A call whose answer was lost is the same call again only with the same envelope, and a secret is never
 * sealed to the same one twice. In place of the secret there is a MAC of it, whose key does not leave this object.
 */
export class SealedRequests {
  readonly #sealed = new BoundedMap<string>(MOST);
  #key: ReturnType<typeof newKey> | undefined;

  /** The envelope of before; undefined where there is none. */
  async find(secret: RequestedSecret): Promise<string | undefined> {
    return this.#sealed.get(await this.#idOf(secret));
  }

  async remember(secret: RequestedSecret, sealed: string): Promise<void> {
    this.#sealed.set(await this.#idOf(secret), sealed);
  }

  clear(): void {
    this.#sealed.clear();
  }

  async #idOf({ requestId, place, secret }: RequestedSecret): Promise<string> {
    this.#key ??= newKey();
    const bytes = lengthPrefixed([requestId, placeBytes(place), secret]);
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', await this.#key, bytes));
    bytes.fill(0);
    return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

function newKey() {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}
