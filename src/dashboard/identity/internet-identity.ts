import { AuthClient, ERROR_USER_INTERRUPT } from '@dfinity/auth-client';
import { DelegationIdentity } from '@dfinity/identity';
import { texts } from '../texts/en.ts';
import { SIGNED_IN_MS } from './delegated-identity.ts';

/** Internet Identity of one provider. Its delegation is kept by the browser, bound to a key that no script can read. */
export class InternetIdentity {
  readonly #client: AuthClient;
  readonly #provider: string;

  private constructor(client: AuthClient, provider: string) {
    this.#client = client;
    this.#provider = provider;
  }

  static async open(provider: string): Promise<InternetIdentity> {
    // The session has an idle timeout for every kind of identity.
    const client = await AuthClient.create({ idleOptions: { disableIdle: true } });
    return new InternetIdentity(client, provider);
  }

  /** Who signed in before and still is; undefined where nobody is. */
  async current(): Promise<DelegationIdentity | undefined> {
    if (!(await this.#client.isAuthenticated())) return undefined;
    const identity = this.#client.getIdentity();
    return identity instanceof DelegationIdentity ? identity : undefined;
  }

  /** Opens the provider's window. Rejects with its message where the person closes it or is refused. */
  async signIn(): Promise<DelegationIdentity> {
    await new Promise<void>((resolve, reject) => {
      void this.#client.login({
        identityProvider: this.#provider,
        maxTimeToLive: BigInt(SIGNED_IN_MS) * 1_000_000n,
        onSuccess: () => resolve(),
        onError: (message) => reject(new Error(reasonOf(message))),
      });
    });
    const identity = await this.current();
    if (identity === undefined) throw new Error('the provider answered without a delegation');
    return identity;
  }

  signOut(): Promise<void> {
    return this.#client.logout();
  }
}

function reasonOf(message: string | undefined): string {
  const { reasons } = texts.signIn;
  return message === ERROR_USER_INTERRUPT ? reasons.closed : (message ?? reasons.none);
}
