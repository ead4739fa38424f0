import { createHash } from 'node:crypto';
import type { HttpAgent } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { encodeInitArgument, type ServiceSetup } from './init-argument.ts';
import { ManagementCanister } from './management-canister.ts';

/** What a deployment did. */
export interface Deployment {
  readonly canisterId: Principal;
  readonly change: 'installed' | 'upgraded' | 'unchanged';
}

/** What is deployed, and where. */
export interface DeploymentPlan {
  /** Its identity controls the canister. */
  readonly agent: HttpAgent;
  /** Compressed or not. */
  readonly module: Uint8Array;
  readonly setup: ServiceSetup;
  /** The canister of an earlier deployment. */
  readonly canisterId: Principal | undefined;
  /** Makes a canister where there is none yet; its id is to be kept, whatever happens after. */
  readonly create: () => Promise<Principal>;
  /** Upgrades to the same module, too: memory begins anew, and what earlier calls left there is gone. */
  readonly force?: boolean | undefined;
}

/** Installs the service, upgrades it where its module is another one or that is forced, or leaves it where it is the same, and running. */
export async function deployCanister(plan: DeploymentPlan): Promise<Deployment> {
  const { agent, module, setup } = plan;
  const management = new ManagementCanister(agent);
  const canisterId = plan.canisterId ?? (await plan.create());
  const { moduleHash: installed, isRunning } = await management.status(canisterId);
  const isSame = installed === createHash('sha256').update(module).digest('hex');
  if (isSame && plan.force !== true) {
    // A deployment that was killed after its upgrade left it stopped.
    if (!isRunning) await management.start(canisterId);
    return { canisterId, change: 'unchanged' };
  }
  const content = { module, arg: encodeInitArgument(setup) };
  if (installed === undefined) {
    await management.hideLogs(canisterId);
    await management.install(canisterId, { install: null }, content);
    return { canisterId, change: 'installed' };
  }
  await management.whileStopped(canisterId, () => management.install(canisterId, { upgrade: [] }, content));
  return { canisterId, change: 'upgraded' };
}
