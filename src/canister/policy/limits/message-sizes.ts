import { longestEnvelope } from '../../models/sealing/envelope.ts';
import { type CallerKind, isUnknown } from '../access/caller.ts';
import { LIMITS } from './limits.ts';

/** Room for types, names, ids and numbers, and for what clients send beside. */
const REST = 8 * 1024;

/** The longest message of a caller who is not known, who has nothing to send that is longer. */
const OF_UNKNOWN = 4 * 1024;

/** Messages of at most so many bytes are cheap enough to be told why they are refused. */
export const SMALL_MESSAGE_BYTES = REST;

const { messageBytes, jsonBytes, descriptionBytes, projectIds, nameBytes } = LIMITS;
/** A token and a grant (token_data), sealed. */
const TOKEN = longestEnvelope(LIMITS.tokenBytes);
const GRANT = longestEnvelope(jsonBytes);
const SESSION = TOKEN + REST;
const CREDENTIALS = TOKEN + GRANT + projectIds * 2 * (nameBytes + 2) + REST;
const INTERACTION = 2 * messageBytes + jsonBytes + REST;
const ACTIVITY = descriptionBytes + jsonBytes + REST;

/** The longest messages (bytes) of the methods that take long texts: all that their arguments may hold. */
const LARGE: Readonly<Record<string, number>> = {
  create_agent_session: SESSION,
  create_session: SESSION,
  update_agent_session: SESSION,
  store_agent_credentials: CREDENTIALS,
  update_agent_credentials: CREDENTIALS,
  store_credentials: CREDENTIALS,
  complete_token_refresh: TOKEN + GRANT + REST,
  reseal_credentials: TOKEN + GRANT + REST,
  reseal_session: SESSION,
  store_agent_interaction: INTERACTION,
  store_interaction: INTERACTION,
  log_agent_activity: ACTIVITY,
  log_activity: ACTIVITY,
};

/**
 * How many bytes a message of a caller to a method may have. Users and admins call nothing that takes long texts, but for what users seal themselves: of
 * theirs, some 5 KiB fit. Anybody can be a user, and the service pays for what is sent.
 */
export function mostBytes(method: string, kind: CallerKind): number {
  if (isUnknown(kind)) return OF_UNKNOWN;
  return (kind === 'agent' ? LARGE[method] : undefined) ?? REST;
}
