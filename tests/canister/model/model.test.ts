import { describe, expect, it } from 'vitest';
import { Random } from '../../replica/support/random.ts';
import { METHODS } from '../support/candid-interface.ts';
import { AGENT, CONTROLLER, type MethodName, START } from '../support/wasm-canister.ts';
import { METHODS as MODELLED, UNMODELLED } from './methods.ts';
import { nextOperation } from './run/operations.ts';
import { replay, runRandom } from './run/sequence.ts';
import { readSeeds } from './seeds.ts';
import { emptyModel } from './state.ts';

describe('the model', () => {
  it('knows every method of the interface', () => {
    expect([...Object.keys(MODELLED), ...UNMODELLED, 'create_link_code'].toSorted()).toEqual(
      [...METHODS.keys()].toSorted(),
    );
  });

  it('calls each of them, as a query or an update', () => {
    const random = new Random(1);
    const m = emptyModel({ self: AGENT.toText(), controller: CONTROLLER.toText(), now: START });
    const called = new Set(
      Array.from({ length: 5000 }, () => nextOperation(m, random)).flatMap((operation) =>
        'method' in operation ? [operation.method] : [],
      ),
    );
    const uncalled = [...METHODS.keys()].filter((name) => !called.has(name as MethodName));
    expect(uncalled.toSorted()).toEqual([...UNMODELLED].toSorted());
  });
});

describe('the service', () => {
  it.each([1, 2])(
    'does as the model does, also after traps, upgrades and time (seed %i)',
    async (seed) => {
      expect((await runRandom(seed))?.difference).toBeUndefined();
    },
    600_000,
  );

  for (const [name, operations] of readSeeds()) {
    it(`does as the model does in ${name}`, async () => {
      expect((await replay(operations))?.difference).toBeUndefined();
    }, 600_000);
  }
});
