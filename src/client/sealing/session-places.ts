import type { AgentSession } from '../../candid/agent_service.did.ts';
import type { CanisterCalls } from '../calls/canister-calls.ts';
import { NotFoundError } from '../errors.ts';
import { BoundedMap } from './bounded-map.ts';
import type { SecretLocation } from './secret-location.ts';
import { agentTypeAt } from './wire-values.ts';

/** Whose a session is, which never changes. */
export type SessionOwner = Pick<SecretLocation, 'userId' | 'agentType'>;

const MOST = 10_000;

/**
 * Whose sessions are, by their ids, as the network certified it: a machine that named another user could have a token sealed for them.
 */
export class SessionPlaces {
  readonly #calls: CanisterCalls;
  readonly #known = new BoundedMap<SessionOwner>(MOST);

  constructor(calls: CanisterCalls) {
    this.#calls = calls;
  }

  /** Rejects with a `NotFoundError` for an unknown session. */
  async of(sessionId: string): Promise<SessionOwner> {
    const known = this.#known.get(sessionId);
    if (known !== undefined) return known;
    const [session] = (await this.#calls.callReplicated('get_agent_session', [sessionId])) as [AgentSession?];
    if (session === undefined) throw new NotFoundError('there is no such record', { certified: true });
    const owner = { userId: session.user_id, agentType: agentTypeAt(session, ['agent_type']) };
    this.remember(sessionId, owner);
    return owner;
  }

  /** Of a session that this client began. */
  remember(sessionId: string, owner: SessionOwner): void {
    this.#known.set(sessionId, owner);
  }

  clear(): void {
    this.#known.clear();
  }
}
