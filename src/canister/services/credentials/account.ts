import type { Text } from '../../codec/index.ts';
import { notFound } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import type { StoredCredentials } from '../../models/credentials/credentials.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkText } from '../../policy/validation/validation.ts';
import type { CredentialPlace } from '../../storage/credentials/credential-store.ts';
import type { Store } from '../../storage/store.ts';
import type { UserHeads } from '../user-heads.ts';

export interface Owner {
  readonly user_id: Text;
  readonly agent_type: AgentType;
}

/** One of the user's accounts of an agent type; undefined is the default one, which is also that of the methods without accounts. */
export interface Account extends Owner {
  readonly account: Text | undefined;
}

/** An account that is stored, with the head of its user. */
interface StoredAccount {
  readonly head: UserHead;
  readonly place: CredentialPlace;
  readonly stored: StoredCredentials;
}

export function checkAccount({ account }: Account): void {
  checkText('account', account, LIMITS.accountBytes);
}

/** NotFound if nothing was ever stored for the account. It may have lost its token and its grant since. */
export function getAccount(
  { store, heads }: { readonly store: Store; readonly heads: UserHeads },
  { user_id, agent_type, account }: Account,
): StoredAccount {
  const head = heads.get(user_id);
  const place = store.credentials.find(head.user, agentTypes.codeOf(agent_type), account?.utf8);
  if (place?.stored === undefined) throw notFound();
  return { head, place, stored: place.stored };
}
