import type { Principal } from '@dfinity/principal';
import { type AgentServiceOptions, CanisterCalls } from './calls/canister-calls.ts';
import { MethodCaller } from './calls/method-caller.ts';
import { eachEvent } from './reading/events.ts';
import { eachItem } from './reading/paging.ts';
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
 * Texts are stored and returned as they are. One with half of a character (a lone surrogate) is refused as an `InvalidArgumentError`
 * before anything is sent.
 */
export class AgentServiceClient extends ServiceMethods {
  /** The service's own principal. */
  readonly canisterId: Principal;

  private constructor(calls: CanisterCalls) {
    super(new MethodCaller(calls));
    this.canisterId = calls.canisterId;
  }

  /** Connects to the service. Rejects with an `InvalidArgumentError` for a wrong option, and with a `NetworkError` where a local network's key cannot be fetched. */
  static async create(options: AgentServiceOptions): Promise<AgentServiceClient> {
    return new AgentServiceClient(await CanisterCalls.create(options));
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
