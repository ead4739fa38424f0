import type { SealingKeys } from '../../candid/agent_service.did.ts';
import type { CanisterCalls } from '../calls/canister-calls.ts';
import { CallRejectedError } from '../errors.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Recipient, RecipientKind } from './recipient.ts';
import type { SecretLocation } from './secret-location.ts';

/** For whom secrets of an account, and of sessions of its user, are sealed. */
export interface Recipients {
  /** Whether the service's mode is `off`. */
  readonly isOff: boolean;
  readonly ofAccount: readonly Recipient[];
  readonly ofSessions: readonly Recipient[];
}

interface Asked {
  readonly answer: Promise<Recipients>;
  /** Until when it is known, by `now`; for good unless told. */
  until?: number;
}

type Account = Pick<SecretLocation, 'userId' | 'agentType' | 'account'>;

/** "Error codes" of the replica: the canister has no such method. */
const NO_SUCH_METHOD = 'IC0536';
const MOST = 10_000;
/** A service whose mode is `off` refuses nothing by which the client would learn of another mode. */
const OFF_MS = 60_000;

/**
 * Whom secrets are sealed for, as the network certified it, in memory. A single machine's word is not taken: it could name recipients of the past, or say that nothing
 * is sealed here.
 */
export class SealingRecipients {
  readonly #calls: CanisterCalls;
  readonly #now: () => number;
  readonly #known = new BoundedMap<Asked>(MOST);

  /** `now`: a clock in ms that is never set. */
  constructor(calls: CanisterCalls, now: () => number) {
    this.#calls = calls;
    this.#now = now;
  }

  /** Those that the service named last, or names now. Rejects as `get_sealing_keys` does. */
  async of(account: Account): Promise<Recipients> {
    const key = keyOf(account);
    const known = this.#known.get(key);
    if (known !== undefined && (known.until ?? Number.POSITIVE_INFINITY) > this.#now()) return known.answer;
    const asked: Asked = { answer: this.#ask(account) };
    this.#known.set(key, asked);
    try {
      const recipients = await asked.answer;
      if (recipients.isOff) asked.until = this.#now() + OFF_MS;
      return recipients;
    } catch (error) {
      if (this.#known.get(key) === asked) this.#known.delete(key);
      throw error;
    }
  }

  /** Has the service asked again before the next secret of the account is sealed. */
  forget(account: Account): void {
    this.#known.delete(keyOf(account));
  }

  clear(): void {
    this.#known.clear();
  }

  async #ask({ userId, agentType, account }: Account): Promise<Recipients> {
    const args = {
      user_id: userId,
      agent_type: { [agentType]: null },
      account: account === undefined ? [] : [account],
    };
    let answer: SealingKeys;
    try {
      answer = (await this.#calls.callReplicated('get_sealing_keys', [args])) as SealingKeys;
    } catch (error) {
      if (!isUnknownMethod(error)) throw error;
      // The network's word that the service is of a version without sealed secrets.
      return { isOff: true, ofAccount: [], ofSessions: [] };
    }
    return {
      isOff: 'off' in answer.sealing,
      ofAccount: recipientsIn(answer.recipients),
      ofSessions: recipientsIn(answer.session_recipients),
    };
  }
}

function isUnknownMethod(error: unknown): boolean {
  return error instanceof CallRejectedError && error.certified && error.errorCode === NO_SUCH_METHOD;
}

function recipientsIn(named: SealingKeys['recipients']): readonly Recipient[] {
  return named.map(({ kind, epoch }) => ({ kind: kindOf(kind), epoch }));
}

function kindOf(kind: SealingKeys['recipients'][number]['kind']): RecipientKind {
  if ('owner' in kind) return 'owner';
  return 'user' in kind ? 'user' : 'type';
}

function keyOf({ userId, agentType, account }: Account): string {
  return JSON.stringify([userId, agentType, account]);
}
