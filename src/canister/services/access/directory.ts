import { decodeAgentTerms } from '../../models/agents/agent.ts';
import { decodeGrantTerms } from '../../models/agents/grant.ts';
import type { Directory } from '../../policy/access/access.ts';
import { encodePrincipal } from '../../policy/access/principals.ts';
import type { Store } from '../../storage/store.ts';

/** Whom the service knows, as its store has them. */
export function directoryOf(store: Store): Directory {
  return {
    agent(principal) {
      const bytes = store.agents.get(principal);
      return bytes === undefined ? undefined : decodeAgentTerms(bytes);
    },
    isAdmin: (principal) => store.admins.has(principal),
    grant(user, agent) {
      const bytes = store.grants.get(user, agent);
      return bytes === undefined ? undefined : decodeGrantTerms(bytes);
    },
    isBlocked(subject, agent) {
      // Mostly nobody has blocked anybody: then not even the user is looked up.
      const user = store.blocks.isEmpty() ? undefined : subject.user();
      return user !== undefined && store.blocks.get(user, agent) !== undefined;
    },
    owner: (user) => store.links.owner(user),
    ownsUser: (principal) =>
      store.links.usersOf(principal).length > 0 ||
      store.users.numberOf(encodePrincipal(principal)) !== undefined,
  };
}
