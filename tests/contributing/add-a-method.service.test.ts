import { describe, expect, it } from 'vitest';
import { Checkout } from './support/checkout.ts';
import { FIND_AGENT } from './support/find-agent.ts';

/** What the checklist changes is of these; a part of the network declares types for all of it. */
const CHECKED = [
  'src/candid',
  'src/client',
  'src/gateway',
  'src/json-interface',
  'src/replica/wasm/webassembly.d.ts',
  'tests/canister/model',
  'tests/canister/wasm/access',
];

describe('a method that is added by the checklist of CONTRIBUTING.md', () => {
  it('changes eight files by hand at most, is in every client, and answers', () => {
    expect(new Set(FIND_AGENT.map(({ path }) => path)).size).toBeLessThanOrEqual(8);
    const checkout = new Checkout();
    for (const edit of FIND_AGENT) checkout.edit(edit);
    checkout.run('tsx', 'scripts/generate-candid.ts');
    expect(checkout.read('src/client/service-methods.ts')).toContain(
      'findAgent(agent: Principal): Promise<Agent>',
    );
    expect(checkout.read('docs/reference/api.md')).toContain(
      '### find_agent\n\nFinds an agent by its principal.',
    );
    checkout.write(
      'tsconfig.checked.json',
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: { noEmit: true },
        include: CHECKED,
      }),
    );
    checkout.run('tsc', '-p', 'tsconfig.checked.json');
    checkout.run('vitest', 'run', '--project', 'wasm', 'tests/canister/wasm/agents/find-agent.test.ts');
  });
});
