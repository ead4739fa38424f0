import type { DerivedPublicKey } from '@dfinity/vetkeys';
import type { CanisterCalls } from '../calls/canister-calls.ts';
import { UnexpectedReplyError } from '../errors.ts';
import type { SealingPolicy } from '../values/sealing-policy.ts';
import { isSealed, parseEnvelope } from './envelope.ts';
import type { OpeningKeys, Refusals } from './opening-keys.ts';
import { sealedSecretError, sealingError } from './sealed-secret-error.ts';
import { SealingRecipients } from './sealing-recipients.ts';
import { placeOf, type SecretLocation } from './secret-location.ts';

/** Whether secrets in clear are taken, and the clock. */
export interface ServiceSecretsOptions {
  readonly policy: SealingPolicy;
  /** In ms, never set. */
  readonly now: () => number;
}

/** What seals and opens, and the service's keys. */
interface Cryptography {
  readonly sealSecret: typeof import('./secret-cryptography.ts').sealSecret;
  readonly openSecret: typeof import('./secret-cryptography.ts').openSecret;
  readonly serviceKey: DerivedPublicKey;
  readonly keys: OpeningKeys;
}

/** How one secret is sealed. */
export interface SealOptions {
  /** The service refused an envelope with a Conflict, so that its recipients are asked for again; not unless told. */
  readonly isRetry?: boolean;
}

/** Seals secrets for a service, and opens them as the caller. Keys and recipients are in memory alone. */
export class ServiceSecrets {
  readonly policy: SealingPolicy;
  readonly recipients: SealingRecipients;
  readonly #calls: CanisterCalls;
  readonly #now: () => number;
  #loaded: Promise<Cryptography> | undefined;
  /** There once the first secret is sealed or opened. */
  #keys: OpeningKeys | undefined;

  constructor(calls: CanisterCalls, { policy, now }: ServiceSecretsOptions) {
    this.policy = policy;
    this.#calls = calls;
    this.#now = now;
    this.recipients = new SealingRecipients(calls, now);
  }

  /**
   * Seals a secret for its recipients of today, whatever the service's mode is. Resolves with the envelope. Rejects as `get_sealing_keys` does, and with an
   * `UnexpectedReplyError` where the service knows no sealed secrets.
   */
  async seal(
    secret: string,
    location: SecretLocation,
    { isRetry = false }: SealOptions = {},
  ): Promise<string> {
    if (isRetry) this.recipients.forget(location);
    const { ofAccount, ofSessions } = await this.recipients.of(location);
    const recipients = location.field === 'session_token' ? ofSessions : ofAccount;
    // Nobody could open what is sealed for nobody: the service is of a version without sealed secrets.
    if (recipients.length === 0) throw new UnexpectedReplyError('the service names nobody to seal for');
    const { sealSecret, serviceKey } = await this.#cryptography();
    return sealSecret(secret, {
      place: placeOf(this.#calls.canisterId, location),
      recipients,
      key: serviceKey,
    });
  }

  /**
   * Opens a secret that was read at a place. One in clear is given as it is, unless the policy is `require`. Rejects with a `VerificationFailedError` where it does not
   * open, and as `derive_opening_key` does.
   */
  async open(text: string, location: SecretLocation, refusals?: Refusals): Promise<string> {
    if (!isSealed(text)) {
      if (this.policy === 'require') throw inClear();
      return text;
    }
    const { field, recipients } = parseEnvelope(text);
    const place = placeOf(this.#calls.canisterId, location);
    if (field !== location.field) {
      throw sealedSecretError('SealedSecretChanged', `is a ${field}, and was found as ${location.field}`);
    }
    const { keys, openSecret } = await this.#cryptography();
    const opener = await keys.of(recipients, location, refusals);
    return openSecret(text, { place, ...opener });
  }

  /** Forgets all keys and recipients. */
  clear(): void {
    this.recipients.clear();
    this.#keys?.clear();
  }

  #cryptography(): Promise<Cryptography> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      // A page that was offline imports it the next time.
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #load(): Promise<Cryptography> {
    const { masterKeyOf, openSecret, OpeningKeys, sealingKey, sealSecret } = await import(
      './secret-cryptography.ts'
    );
    const serviceKey = sealingKey(masterKeyOf(this.#calls.rootKey), this.#calls.canisterId);
    const keys = new OpeningKeys(this.#calls, () => serviceKey, this.#now);
    this.#keys = keys;
    return { sealSecret, openSecret, serviceKey, keys };
  }
}

function inClear(): Error {
  return sealingError(
    'SecretInClear',
    'the service has a secret in clear, and this client takes sealed ones alone: seal what is stored, or use the policy auto',
  );
}
