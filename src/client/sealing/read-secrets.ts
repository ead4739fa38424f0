import type { AgentSession } from '../../candid/agent_service.did.ts';
import { RefusalError, VerificationFailedError } from '../errors.ts';
import { isSealed } from './envelope.ts';
import type { Refusals } from './opening-keys.ts';
import type { SecretLocation } from './secret-location.ts';
import { ANSWERING, type AnsweringMethod } from './secret-methods.ts';
import { SECRET_FIELDS } from './secret-place.ts';
import type { ServiceSecrets } from './service-secrets.ts';
import { agentTypeAt, mappedAt, textAt, withTextAt } from './wire-values.ts';

type Whose = Omit<SecretLocation, 'field'>;

/** What has come of the records of one answer so far. */
interface Progress {
  readonly refusals: Refusals;
  /** Whether the service gives no keys any more: too many calls, or too few cycles. */
  hasEnded: boolean;
}

/** Opens the secrets of answers. */
export class ReadSecrets {
  readonly #secrets: ServiceSecrets;

  constructor(secrets: ServiceSecrets) {
    this.#secrets = secrets;
  }

  /**
   * The answer of a method with its secrets opened. Where the arguments name the place, the secret has to be of that place, whatever the answer says. In a list, a
   * secret that does not open stays sealed.
   */
  async opened(name: string, args: readonly unknown[], answer: unknown): Promise<unknown> {
    const method = ANSWERING[name];
    if (method === undefined) return answer;
    const progress: Progress = { refusals: new Map(), hasEnded: false };
    return mappedAt(answer, method.records, (record) =>
      this.#openedRecord(record, { method, args, progress }),
    );
  }

  async #openedRecord(
    record: object,
    {
      method,
      args,
      progress,
    }: { readonly method: AnsweringMethod; readonly args: readonly unknown[]; readonly progress: Progress },
  ): Promise<object> {
    let opened: object = record;
    for (const field of SECRET_FIELDS) {
      const path = method.secrets[field];
      const text = path && textAt(record, path);
      // Empty for whoever may not have it.
      if (path === undefined || text === undefined || text === '') continue;
      const location = { ...whoseAt(method, args, record), field };
      const secret = method.isList
        ? await this.#openedInList(text, location, progress)
        : await this.#secrets.open(text, location);
      opened = withTextAt(opened, path, secret) as object;
    }
    return opened;
  }

  async #openedInList(text: string, location: SecretLocation, progress: Progress): Promise<string> {
    if (progress.hasEnded && isSealed(text)) return text;
    try {
      return await this.#secrets.open(text, location, progress.refusals);
    } catch (error) {
      if (!isSealed(text)) throw error;
      if (error instanceof VerificationFailedError) return text;
      if (!(error instanceof RefusalError)) throw error;
      progress.hasEnded = true;
      return text;
    }
  }
}

/** Whose the secrets of a record are: by the arguments where these say so, and by the record where not. */
function whoseAt({ place, secrets }: AnsweringMethod, args: readonly unknown[], record: object): Whose {
  const isSession = secrets.session_token !== undefined;
  const { session_id: sessionId } = record as Partial<AgentSession>;
  const userId = place.userId && textAt(args, place.userId);
  return {
    userId: userId ?? textAt(record, ['user_id']) ?? '',
    agentType: place.agentType ? agentTypeAt(args, place.agentType) : agentTypeAt(record, ['agent_type']),
    ...(place.account && { account: textAt(args, place.account) }),
    ...(isSession && { sessionId: (place.sessionId && textAt(args, place.sessionId)) ?? sessionId }),
  };
}
