import { certifiedDataSet } from 'azle';
import type { AuditChain } from '../storage/audit-chain.ts';

/** Certifies the digest of the audit log where it changed in this message: the last step of every one that writes. */
export function certifyTip(audit: AuditChain): void {
  const digest = audit.takeChange();
  if (digest !== undefined) certifiedDataSet(digest);
}
