import type { NetworkFile } from '../networks/network-file.ts';
import type { LocalService } from './local-service.ts';

/** What the file says of a network and its service alone. */
export function networkFacts({ url, rootKey, canisterId, identities }: LocalService): NetworkFile {
  return {
    replica_url: url,
    root_key: rootKey,
    canister_id: canisterId,
    pid: process.pid,
    admin_pem: identities.admin.path,
    agent_pem: identities.agent.path,
    user_pem: identities.user.path,
  };
}
