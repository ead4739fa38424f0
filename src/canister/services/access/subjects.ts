import type { Text } from '../../codec/index.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { interactionUserId } from '../../models/interactions/interaction.ts';
import type { LogRecord } from '../../models/log-record.ts';
import { decodeId, type RecordKind } from '../../models/record-id.ts';
import { sessionUserId } from '../../models/sessions/session.ts';
import type { Subject } from '../../policy/access/access.ts';
import type { RecordLog } from '../../storage/record-log.ts';
import type { Store } from '../../storage/store.ts';

/** Whose records a call is about: by the user that it names, or by the record. */
export class Subjects {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  ofUser(args: { readonly user_id: Text; readonly agent_type?: AgentType | undefined }): Subject {
    const userId = args.user_id.utf8;
    return {
      userId: () => userId,
      user: () => this.#store.users.numberOf(userId),
      typeCode: args.agent_type === undefined ? undefined : agentTypes.codeOf(args.agent_type),
    };
  }

  /** Undefined where there is no such session. */
  ofSession({ session_id }: { readonly session_id: Text }): Subject | undefined {
    return ofRecord(this.#store.sessions, 'session', session_id, sessionUserId);
  }

  /** Undefined where there is no such interaction. */
  ofInteraction({ interaction_id }: { readonly interaction_id: Text }): Subject | undefined {
    return ofRecord(this.#store.interactions, 'interaction', interaction_id, interactionUserId);
  }
}

function ofRecord(
  log: RecordLog,
  kind: RecordKind,
  id: Text,
  userIdOf: (record: LogRecord) => Uint8Array,
): Subject | undefined {
  const sequence = decodeId(kind, id);
  const record = sequence === undefined ? undefined : log.peek(sequence);
  if (record === undefined) return undefined;
  return { userId: () => userIdOf(record), user: () => record.user, typeCode: record.typeCode };
}
