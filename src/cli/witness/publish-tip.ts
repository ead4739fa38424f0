import { errorOf } from '../../client/calls/agent-errors.ts';
import {
  type AgentServiceClient,
  AuditLogError,
  type DownloadedTip,
  downloadAuditTip,
  type SignedTip,
} from '../../client/index.ts';
import type { ExpectedService } from '../audit/expected-service.ts';
import type { Witness } from './witness.ts';

export interface Publication {
  readonly tip: SignedTip;
  /** The names of the witnesses that have it. */
  readonly published: readonly string[];
  readonly failures: readonly { readonly witness: string; readonly message: string }[];
}

/**
 * Hands the service's tip to all witnesses, whether or not one of them fails. It is held against the last tip of the first file among them, and
 * published also where it contradicts that: both together prove the fork.
 */
export async function publishTip(
  client: AgentServiceClient,
  { canisterId, rootKey }: ExpectedService,
  witnesses: readonly Witness[],
): Promise<Publication> {
  const failures: { witness: string; message: string }[] = [];
  const last = await lastTip(witnesses, canisterId.toText());
  let downloaded: DownloadedTip;
  try {
    downloaded = await downloadAuditTip(client, { since: last?.tip, rootKey });
  } catch (error) {
    if (last === undefined || !(error instanceof AuditLogError)) throw error;
    // The kept tip may be what is wrong: without it the service's own answers decide.
    downloaded = await downloadAuditTip(client, { rootKey });
    failures.push({ witness: last.witness, message: `its last tip is of no use: ${error.message}` });
  }
  const { tip, contradiction } = downloaded;
  if (contradiction !== undefined && last !== undefined) {
    failures.push({ witness: last.witness, message: contradiction.message });
  }
  const published: string[] = [];
  for (const witness of witnesses) {
    try {
      await witness.publish(tip);
      published.push(witness.name);
    } catch (thrown) {
      failures.push({ witness: witness.name, message: messageOf(thrown) });
    }
  }
  return { tip, published, failures };
}

async function lastTip(
  witnesses: readonly Witness[],
  canisterId: string,
): Promise<{ readonly witness: string; readonly tip: SignedTip } | undefined> {
  const near = witnesses.find(({ isNear }) => isNear);
  if (near === undefined) return undefined;
  const { tips } = await near.read();
  const tip = tips.findLast((each) => each.tip.canisterId.toText() === canisterId)?.tip;
  return tip && { witness: near.name, tip };
}

function messageOf(thrown: unknown): string {
  const error = errorOf(thrown);
  return error instanceof Error ? error.message : String(error);
}
