import { gunzipSync } from 'node:zlib';
import { Actor, HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { BareCanister } from '../../../bench/bare-canister.ts';
import { readModule } from '../../../src/cli/files/project.ts';
import { InstallCodeArg } from '../../../src/replica/management/types.ts';
import { encodeArgs, encodeInit } from '../../canister/support/wasm-canister.ts';
import type { OpenService } from '../../e2e/support/local-service.ts';
import type { DashboardSetup, Person } from './open-dashboard.ts';

const METHOD = 'log_agent_activity';
const MICROSECOND = 1000n;

/** Logs so many activities for the person, as the mail agent. Nothing else may run meanwhile. */
export async function fillActivities(setup: DashboardSetup, person: Person, count: number): Promise<void> {
  const userId = setup.principalOf(person).toText();
  await logEach(setup, count, (at) => [userId, `Message ${at}`]);
}

/** Makes so many users, each with an activity: `user-00000` is the first; the texts of every hundred are longer from one to the next. */
export async function fillUsers(setup: DashboardSetup, count: number): Promise<void> {
  await logEach(setup, count, (at) => [`user-${String(at).padStart(5, '0')}`, 'x'.repeat(1 + (at % 100))]);
}

/** Each by a message of its own, which the canister's code executes on its stable memory without metering, signatures and HTTP. */
async function logEach(
  setup: DashboardSetup,
  count: number,
  textsOf: (at: number) => readonly [userId: string, description: string],
): Promise<void> {
  const { service } = setup;
  await (await setup.clientOf('Operator')).updateSettings({
    limits: { callerBurst: 1_000_000n, userBurst: 1_000_000n },
  });
  const canisterId = Principal.fromText(service.canisterId);
  const canister = service.network.subnet.canisters.get(canisterId.toUint8Array());
  if (canister === undefined) throw new Error('the service is not installed');
  const bare = new BareCanister({
    module: gunzipSync(readModule()),
    id: canisterId.toUint8Array(),
    caller: setup.principalOf('Mail agent').toUint8Array(),
    time: service.network.now(),
    step: MICROSECOND,
    stable: canister.stable,
  });
  bare.run('I', 'canister_post_upgrade', encodeInit(undefined));
  for (let at = 0; at < count; at++) {
    const [userId, description] = textsOf(at);
    const arg = encodeArgs(METHOD, [userId, { Gmail: null }, { EmailSent: null }, description, []]);
    bare.run('U', `canister_update ${METHOD}`, arg);
  }
  await readAnew(service, canisterId);
}

/** Upgrades to the same code, which reads stable memory anew; what is on its heap is about what was there before. */
async function readAnew({ url, rootKey, identities }: OpenService, canisterId: Principal): Promise<void> {
  const agent = await HttpAgent.create({
    host: url,
    identity: identities.admin.identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
  });
  const management = Actor.createActor(
    () => IDL.Service({ install_code: IDL.Func([InstallCodeArg], [], []) }),
    {
      agent,
      canisterId: Principal.managementCanister(),
      callTransform: () => ({ effectiveCanisterId: canisterId }),
    },
  );
  await management['install_code']?.({
    mode: { upgrade: [{ skip_pre_upgrade: [true], wasm_memory_persistence: [] }] },
    canister_id: canisterId,
    wasm_module: readModule(),
    arg: encodeInit(undefined),
    sender_canister_version: [],
  });
}
