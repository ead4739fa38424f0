import { agentTypes } from '../../models/agent-type.ts';
import { decodeEntry } from '../../models/audit/activity.ts';
import { interactionUserId } from '../../models/interactions/interaction.ts';
import { sessionUserId } from '../../models/sessions/session.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Store } from '../../storage/store.ts';

/** The user_id (UTF-8) of a head. One of an earlier version does not name its user; every record does. */
export function userIdOf(store: Store, head: UserHead): Uint8Array {
  if (head.userId.length > 0) return head.userId;
  const { activities, sessions, interactions, credentials, links } = store;
  const activity = activities.get(head.newest('activity'));
  if (activity !== undefined) return decodeEntry(activity).userId;
  const session = sessions.get(head.newest('session'));
  if (session !== undefined) return sessionUserId(session);
  const interaction = interactions.get(head.newest('interaction'));
  if (interaction !== undefined) return interactionUserId(interaction);
  const [stored] = agentTypes.names.flatMap((_name, code) => credentials.accounts(head.user, code));
  return stored?.decode().userId ?? links.get(head.user)?.userId ?? head.userId;
}
