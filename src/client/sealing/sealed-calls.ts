import type { Principal } from '@dfinity/principal';
import type { CanisterCalls, ServiceCalls } from '../calls/canister-calls.ts';
import type { SealingPolicy } from '../values/sealing-policy.ts';
import { checkSecret } from './check-location.ts';
import { ReadSecrets } from './read-secrets.ts';
import type { SecretLocation } from './secret-location.ts';
import { namedAccount } from './secret-methods.ts';
import { SentSecrets } from './sent-secrets.ts';
import { type SealOptions, ServiceSecrets } from './service-secrets.ts';
import { SessionPlaces } from './session-places.ts';

/** How secrets are sealed. */
export interface SealedCallsOptions {
  readonly policy?: SealingPolicy | undefined;
  /** A clock in ms that is never set; the machine's unless told. */
  readonly now?: () => number;
}

/** Calls of a service whose secrets are sealed on their way there, and opened on their way back. */
export class SealedCalls implements ServiceCalls {
  readonly canisterId: Principal;
  /** The same calls with secrets as they are, in both directions. */
  readonly manual: ServiceCalls;
  /** The same calls with secrets sealed that are sent, and left as they are that are read: for whoever shows none, and has no key derived for nothing. */
  readonly unopened: ServiceCalls;
  readonly #secrets: ServiceSecrets;
  readonly #sessions: SessionPlaces;
  readonly #sent: SentSecrets;
  readonly #read: ReadSecrets;

  constructor(
    calls: CanisterCalls,
    { policy = 'auto', now = () => performance.now() }: SealedCallsOptions = {},
  ) {
    this.canisterId = calls.canisterId;
    this.manual = calls;
    this.#secrets = new ServiceSecrets(calls, { policy, now });
    this.#sessions = new SessionPlaces(calls);
    this.#sent = new SentSecrets({ calls, secrets: this.#secrets, sessions: this.#sessions });
    this.#read = new ReadSecrets(this.#secrets);
    this.unopened = {
      canisterId: calls.canisterId,
      call: (name, args) => (policy === 'manual' ? calls.call(name, args) : this.#sent.call(name, args)),
    };
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#answer(name, args);
    } finally {
      // The recipients are others now; where the answer was lost, perhaps.
      if (name === 'set_account_privacy') this.#secrets.recipients.forget(namedAccount(args));
    }
  }

  async #answer(name: string, args: readonly unknown[]): Promise<unknown> {
    const answer = await this.unopened.call(name, args);
    return this.#secrets.policy === 'manual' ? answer : this.#read.opened(name, args, answer);
  }

  /** Seals a secret for whoever may read it at a place today, whatever the policy and the service's mode are. Rejects as `get_sealing_keys` does. */
  async seal(secret: string, location: SecretLocation, options?: SealOptions): Promise<string> {
    checkSecret('seal', secret, location);
    return this.#secrets.seal(secret, location, options);
  }

  /**
   * Opens a secret that was read at a place. One in clear is given as it is, unless the policy is `require`. Rejects with a `VerificationFailedError` where it does not
   * open, and as `derive_opening_key` does.
   */
  async open(secret: string, location: SecretLocation): Promise<string> {
    checkSecret('open', secret, location);
    return this.#secrets.open(secret, location);
  }

  /** Forgets all keys, and what it knows of the service. */
  forget(): void {
    this.#secrets.clear();
    this.#sessions.clear();
    this.#sent.clear();
  }
}
