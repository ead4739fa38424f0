import { describe, expect, it } from 'vitest';
import { retention } from '../../src/canister/models/retention/retention.ts';
import { limits } from '../../src/canister/models/settings/limits.ts';
import { serviceLimits } from '../../src/canister/models/settings/service-limits.ts';
import { DASHBOARD_PORT, DEFAULT_PORT, GATEWAY_PORT } from '../../src/cli/listening/ports.ts';
import { sourceFiles, textOf } from './support/files.ts';
import { tableRows } from './support/markdown.ts';

const PAGE = 'docs/reference/configuration.md';
const ROWS = tableRows(textOf(PAGE));
const rowOf = (name: string) => ROWS.find(([first]) => first === `\`${name}\``);
const ranges = Object.entries({ ...limits.ranges, ...retention.ranges, ...serviceLimits.ranges });
const shown = (value: number) => value.toLocaleString('en');

describe(PAGE, () => {
  it.each(ranges)('has the default and the range of %s', (name, { byDefault, least, most }) => {
    expect(rowOf(name)?.slice(1, 3)).toEqual([shown(byDefault), `${shown(least)} to ${shown(most)}`]);
  });

  it('has the ports', () => {
    const ports = [DEFAULT_PORT, GATEWAY_PORT, DASHBOARD_PORT].map(String);
    expect(['network', 'gateway', 'dapp'].map((part) => ROWS.find(([first]) => first === part)?.[1])).toEqual(
      ports,
    );
  });

  it('has every variable of the service that the terminal and the Python package read', () => {
    const sources = [...sourceFiles(/\.ts$/), ...sourceFiles(/\.py$/)].filter((path) =>
      /^(?:src|python\/src)\//.test(path),
    );
    const names = sources.flatMap((path) => textOf(path).match(/\bAGENT_SERVICE_[A-Z_]+\b/g) ?? []);
    expect(names.length).toBeGreaterThan(3);
    for (const name of new Set(names)) expect(rowOf(name), name).toBeDefined();
  });
});
