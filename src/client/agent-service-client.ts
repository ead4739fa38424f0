import type { Principal } from '@dfinity/principal';
import { type AgentServiceOptions, CanisterCalls } from './calls/canister-calls.ts';
import { MethodCaller } from './calls/method-caller.ts';
import { eachEvent } from './reading/events.ts';
import { eachItem } from './reading/paging.ts';
import { SealedCalls } from './sealing/sealed-calls.ts';
import type { SecretLocation } from './sealing/secret-location.ts';
import { ServiceMethods } from './service-methods.ts';
import type {
  AgentActivity,
  AgentInteraction,
  AgentSession,
  CreateAgentSessionRequest,
  Event,
  GetEventsRequest,
  ListActivitiesRequest,
  ListInteractionsRequest,
  ListSessionsRequest,
  StoreAgentCredentialsRequest,
} from './values/service-types.ts';

/** What a session carries for the agent. */
export type SessionData = Omit<CreateAgentSessionRequest, 'userId' | 'agentType'>;

/** Credentials beside the token. `tokenData` is JSON text, `expiresAt` a Date, or ns since 1970. */
export type CredentialDetails = Omit<StoreAgentCredentialsRequest, 'userId' | 'agentType' | 'token'>;

/**
 * The Agent Service, one method for each of the canister's. Certificates of updates and signatures of queries are
 * verified. Whatever fails is thrown as an `AgentServiceError`, whose `kind` says why: a `RefusalError` of the service, a
 * `CallRejectedError`, an `OutcomeUnknownError`, a `NetworkError`, a `ClockError`, a `VerificationFailedError` or an
 * `UnexpectedReplyError` (docs/reference/errors.md). Arguments are checked first: an `InvalidArgumentError` names the one that is not of the
 * interface, and what is, and nothing was sent. Times can be given as a Date.
 *
 * Tokens are sealed before they leave, and opened when they are read, unless the option `sealing` says otherwise (docs/explanation/sealed-secrets.md). The keys for that
 * are in the client's memory, until `close`.
 *
 * Texts are stored and returned as they are. One with half of a character (a lone surrogate) is refused as an `InvalidArgumentError`
 * before anything is sent.
 */
export class AgentServiceClient extends ServiceMethods {
  /** The service's own principal. */
  readonly canisterId: Principal;
  readonly #calls: SealedCalls;

  private constructor(calls: SealedCalls) {
    super(new MethodCaller(calls));
    this.canisterId = calls.canisterId;
    this.#calls = calls;
  }

  /** Connects to the service. Rejects with an `InvalidArgumentError` for a wrong option, and with a `NetworkError` where a local network's key cannot be fetched. */
  static async create(options: AgentServiceOptions): Promise<AgentServiceClient> {
    const calls = await CanisterCalls.create(options);
    return new AgentServiceClient(new SealedCalls(calls, { policy: options.sealing }));
  }

  /**
   * Seals a secret for those who may read it at a place today, whatever the option `sealing` and the service's mode are; resolves with the envelope, which takes the
   * secret's place. For callers whose option is `manual`: otherwise the client seals what it sends. `isRetry`: the service refused an envelope with a Conflict, so that
   * the recipients are asked for again.
   *
   * Errors: those of getSealingKeys.
   */
  seal(
    secret: string,
    location: SecretLocation,
    options: { readonly isRetry?: boolean } = {},
  ): Promise<string> {
    return this.#calls.seal(secret, location, options);
  }

  /**
   * Opens a secret that was read at a place, as the caller. One in clear is given as it is. For callers whose option is `manual`, and for secrets that a list has
   * sealed: otherwise the client opens what it reads.
   *
   * Errors: VerificationFailedError where it does not open, or, with the option `require`, is in clear; those of deriveOpeningKey.
   */
  open(secret: string, location: SecretLocation): Promise<string> {
    return this.#calls.open(secret, location);
  }

  /** Forgets all keys that open secrets. A client that is used again has them derived again. */
  close(): void {
    this.#calls.forget();
  }

  /** Every session that passes the filters, newest first, page by page as it is read. */
  eachSession(request: ListSessionsRequest): AsyncGenerator<AgentSession> {
    return eachItem((cursor) => this.listSessions({ ...request, cursor }), request.cursor);
  }

  /** Every interaction that passes the filters, newest first, page by page as it is read. */
  eachInteraction(request: ListInteractionsRequest): AsyncGenerator<AgentInteraction> {
    return eachItem((cursor) => this.listInteractions({ ...request, cursor }), request.cursor);
  }

  /** Every activity that passes the filters, newest first, page by page as it is read. */
  eachActivity(request: ListActivitiesRequest): AsyncGenerator<AgentActivity> {
    return eachItem((cursor) => this.listActivities({ ...request, cursor }), request.cursor);
  }

  /**
   * Every event after a place that passes the filter, up to now, page by page as it is read. Throws InvalidArgumentError for a place that the log does not
   * have, as after the canister was put back to an earlier state.
   */
  async *eachEvent(request: GetEventsRequest & { readonly after: bigint }): AsyncGenerator<Event> {
    yield* eachEvent((after) => this.getEvents({ ...request, after }), request.after);
  }
}
