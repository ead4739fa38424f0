import { describe, expect, it } from 'vitest';
import { MethodCalls } from '../../src/canister/services/metrics/method-calls.ts';
import { metricsText } from '../../src/canister/services/metrics/metrics.ts';
import { createStore } from '../../src/canister/storage/store.ts';
import { memoryMaps } from '../canister/support/memory-maps.ts';
import { textOf } from './support/files.ts';
import { tableRows } from './support/markdown.ts';
import { codeBlocks } from './support/shell-blocks.ts';

const FOLDER = 'docs/how-to/monitoring';
const PAGE = textOf('docs/how-to/monitor.md');
const ALERTS = textOf(`${FOLDER}/alerts.yml`);

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const DASHBOARD = JSON.parse(textOf(`${FOLDER}/dashboard.json`)) as { readonly panels: readonly Panel[] };
/** Of Prometheus and blackbox_exporter. */
const OF_OTHERS = ['up', 'probe_success'];
/** Functions and words of PromQL that the expressions use. */
const PROMQL = new Set([
  'sum',
  'max',
  'by',
  'rate',
  'increase',
  'histogram_quantile',
  'le',
  'method',
  'outcome',
  'task',
]);

const expressions = [
  ...DASHBOARD.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...[...ALERTS.matchAll(/^ +expr: (.*)$/gm)].map(([, expr = '']) => expr),
];

/** The names that an expression has besides those of PromQL: without strings, ranges of time and numbers. */
function metricsIn(expression: string): string[] {
  const names = expression.replace(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b\d[\w.]*/g, '').match(/[a-z_]+/g) ?? [];
  return names.filter((name) => !PROMQL.has(name));
}

/** The metrics that the page has a reader write. */
const written = codeBlocks(PAGE, 'sh').flatMap((code) => code.match(/^agent_service_\w+/gm) ?? []);
const described = tableRows(PAGE).flatMap(([names = '']) => names.match(/agent_service_\w+/g) ?? []);

/** The families that the service answers: the name and the type of each. */
function families(): string[] {
  const calls = new MethodCalls();
  calls.count('Ok', 1);
  const store = createStore(memoryMaps(), (count) => new Uint8Array(count));
  const text = metricsText({ calls: new Map([['m', calls]]), store, tasks: [], now: 0n });
  return [...text.matchAll(/^# TYPE (\w+ \w+)$/gm)].map(([, family = '']) => family);
}

describe('the page on monitoring', () => {
  it('has every metric of the service with its type, and no other', () => {
    const rows = tableRows(PAGE).flatMap(([names = '', type = '']) =>
      (names.match(/agent_service_\w+/g) ?? []).map((name) => `${name} ${type}`),
    );
    expect(rows.toSorted()).toEqual(families().toSorted());
  });
});

describe('the monitoring files', () => {
  it('ask for metrics that the page describes', () => {
    expect(expressions.length).toBeGreaterThan(20);
    const histogram = ['_bucket', '_sum', '_count'].map((part) => `agent_service_call_instructions${part}`);
    const known = [...described, ...histogram, ...written, ...OF_OTHERS];
    for (const expression of expressions) {
      for (const name of metricsIn(expression)) expect(known, expression).toContain(name);
    }
  });

  it('have each metric that the page describes on the dashboard', () => {
    const shown = expressions.join('\n');
    for (const name of described) expect(shown).toContain(name);
  });

  it('have an alert for each row of the page, and no other', () => {
    const alerts = [...ALERTS.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    const rows = tableRows(PAGE).flatMap(
      ([name = '']) => /^`(Agent(?:Service|Gateway)\w+)`$/.exec(name)?.[1] ?? [],
    );
    expect(alerts.toSorted()).toEqual(rows.toSorted());
  });

  it('have panels that lie beside each other, within the width of a dashboard', () => {
    const cells = new Set<string>();
    for (const { gridPos, title } of DASHBOARD.panels) {
      const { x, y, w, h } = gridPos;
      expect(x + w, title).toBeLessThanOrEqual(24);
      for (let row = y; row < y + h; row++) {
        for (let column = x; column < x + w; column++) {
          expect(cells.has(`${row}:${column}`), title).toBe(false);
          cells.add(`${row}:${column}`);
        }
      }
    }
    expect(new Set(DASHBOARD.panels.map(({ id }) => id)).size).toBe(DASHBOARD.panels.length);
  });
});
