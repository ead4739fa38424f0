import { describe, expect, it } from 'vitest';
import { createNetworkKeys } from '../../../../src/replica/certification/network-keys.ts';
import { StateTree } from '../../../../src/replica/certification/state-tree.ts';
import { utf8 } from '../../../../src/replica/codec/bytes.ts';
import type { IngressMessage } from '../../../../src/replica/messages/message.ts';
import type { Reject } from '../../../../src/replica/messages/outcome.ts';
import { CANISTER_RANGES } from '../../../../src/replica/state/canister-ids.ts';
import type { Batch } from '../../../../src/replica/subnet/round/batch.ts';
import { BatchRunner } from '../../../../src/replica/subnet/round/batch-runner.ts';
import { encodeArgument } from '../../support/management-types.ts';

const START = 1_700_000_000_000_000_000n;
const SECOND = 1_000_000_000n;
const MANAGEMENT_CANISTER = new Uint8Array();

const keys = createNetworkKeys({ root: new Uint8Array(32).fill(1), node: new Uint8Array(32).fill(2) });

function setupRunner(): BatchRunner {
  return new BatchRunner({
    id: keys.subnetId,
    rootKey: keys.root.publicKeyDer,
    state: new StateTree({ keys, type: 'application', canisterRanges: CANISTER_RANGES }),
  });
}

function message(
  canisterId: Uint8Array,
  methodName: string,
  arg: Uint8Array = new Uint8Array(),
): IngressMessage {
  return {
    sender: utf8('owner'),
    canisterId,
    methodName,
    arg,
    requestId: utf8(`request of ${methodName}`),
    ingressExpiry: START + 240n * SECOND,
    effectiveCanisterId: canisterId,
  };
}

/** Creates a canister with so many cycles. */
function creation(amount: bigint): IngressMessage {
  const method = 'provisional_create_canister_with_cycles';
  return message(MANAGEMENT_CANISTER, method, encodeArgument(method, { amount }));
}

function batch(seconds: bigint, ...messages: readonly IngressMessage[]): Batch {
  const seed = new Uint8Array(32).fill(Number(seconds));
  return { time: START + seconds * SECOND, advanced: 0n, seed, beats: false, messages, queryStats: [] };
}

describe('BatchRunner', () => {
  it('comes to the same state by the same batches, whatever it is asked in between', () => {
    const [runner, another] = [setupRunner(), setupRunner()];
    const batches = [batch(1n, creation(10n ** 13n)), batch(100n), batch(3_600n)];
    for (const each of batches) {
      runner.run(each);
      another.run(each);
      another.refresh(START + 9_999n * SECOND);
      another.inspect(message(utf8('nobody'), 'ask'), START + 8_888n * SECOND);
    }
    expect(runner.canisters.size).toBe(1);
    expect(another.image()).toEqual(runner.image());
    expect(another.rootHash()).toEqual(runner.rootHash());
  });

  it('charges for the time between the batches that it is told', () => {
    const runner = setupRunner();
    runner.run(batch(1n, creation(10n ** 13n)));
    const [canister] = [...runner.canisters];
    const before = canister?.cycles ?? 0n;
    runner.run(batch(3_601n));
    expect(canister?.cycles).toBeLessThan(before);
    expect(runner.batchTime).toBe(START + 3_601n * SECOND);
  });

  it('says of each message of a batch whether it was taken', () => {
    const runner = setupRunner();
    runner.run(batch(1n, creation(0n)));
    const [canister] = [...runner.canisters];
    const poor = message(canister?.id ?? new Uint8Array(), 'ask');
    const verdicts: (Reject | undefined)[] = [];
    runner.run(batch(2n, poor, { ...creation(1n), requestId: utf8('another') }), (_, verdict) =>
      verdicts.push(verdict),
    );
    expect(verdicts.map((verdict) => verdict?.errorCode)).toEqual(['IC0207', undefined]);
  });
});
