import { describe, expect, it } from 'vitest';
import { openAddresses } from '../../../src/cli/commands/start.ts';

const HERE = '127.0.0.1';
const ALL = '0.0.0.0';

describe('what start warns of', () => {
  for (const [what, hosts, parts] of [
    ['nothing where all listen on this machine', [HERE, HERE, HERE], []],
    ['each part that others reach', [ALL, ALL, ALL], ['network', 'gateway', 'dashboard']],
    ['a dashboard whose network others do not reach', [HERE, HERE, ALL], ['dashboard', 'Add --host 0.0.0.0']],
  ] as const) {
    it(`is ${what}`, () => {
      const [host, gatewayHost, dashboardHost] = hosts;
      const warnings = openAddresses({ host, gatewayHost, dashboardHost });
      expect(warnings.length).toBe(parts.length);
      for (const [i, part] of parts.entries()) expect(warnings[i]).toContain(part);
    });
  }
});
