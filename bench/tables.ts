import { CALLER_KINDS } from './hostile.ts';
import type { CallCost } from './measure.ts';
import type { BenchResults } from './results.ts';

/** The results as people read them. */
export function tablesOf(results: BenchResults): string {
  const { calls, hostile, sizes, growth, parts = [], expiry = [], wall_clock } = results;
  const millions = (instructions: number) => (instructions / 1e6).toFixed(2);
  return `# What a call costs

Written by \`npm run bench\`, which counts instructions by the weights of the Internet Computer: in millions, beside so many stored
interactions of 400 bytes. It measures up to 10,000 and leaves the rest of this page as the last \`npm run bench:full\` wrote it, which measures all of
it in one run. Cycles (of an application subnet of 13 nodes) and the reply's size are those of the last column.

${callTable(calls)}

![Instructions over stored interactions](costs.svg)

## Sizes

${table(
  ['what', 'figure'],
  [
    ['module', `${size(sizes.wasm_bytes)}, compressed ${size(sizes.wasm_gzip_bytes)}`],
    ['installation', `${(sizes.init_instructions / 1e6).toFixed(0)} M instructions`],
    ['upgrade', `${(sizes.upgrade_instructions / 1e6).toFixed(0)} M instructions`],
    [
      "an empty canister's stable memory",
      `${size(sizes.empty_stable_size)}, of which ${size(sizes.empty_stable_bytes)} are written`,
    ],
    ...growth.map(({ n, stable_bytes_per_interaction: bytes }) => [
      `stable memory for each interaction of 400 bytes with its activity, up to ${count(n)}`,
      size(bytes),
    ]),
  ],
)}

## What is in a write

What \`store_agent_interaction\` costs less in a canister without the part:

${table(
  ['part', 'M instructions'],
  parts.map(({ part, instructions }) => [part, millions(instructions)]),
)}

## Hostile input

The most that a message of each kind takes before it is refused, of all methods, from a caller who may call them, and past inspect_message. Nothing is stored.

${table(
  ['message', 'worst method', 'M instructions'],
  hostile.map(({ kind, method, instructions }) => [kind, method, millions(instructions)]),
)}

What the most costly message of each kind costs the canister, in M cycles, where an honest node hands it on: as an update, queries included, by who sends
it. Nothing where the node turns it away.

${table(
  ['message', ...CALLER_KINDS],
  hostile.map(({ kind, cycles }) => [
    kind,
    ...CALLER_KINDS.map((caller) => (cycles[caller] === 0 ? '' : (cycles[caller] / 1e6).toFixed(1))),
  ]),
)}

## Expiry under attack

An agent has stored 1,000 interactions of 586 kB, which a retention removes when it takes effect. Meanwhile an agent of a third party stores as much as it may,
and sessions and tokens of other users expire one after the other. A canister executes ${count(2_000_000_000)} instructions a second here, and times are the network's.

${table(
  ['', ...expiry.map(({ n }) => `beside ${count(n)}`)],
  (
    [
      ['interactions of 586 kB', 'large_interactions'],
      ['messages of the attacker', 'hostile_messages'],
      ['of these refused', 'hostile_refused'],
      ['sessions and tokens of others that expired', 'expired'],
      ['the latest of them ended so many seconds late', 'worst_delay_s'],
      ['seconds until all that was too old was gone', 'removal_s'],
      ['most instructions of a message of a task', 'worst_task_instructions'],
      ['traps', 'traps'],
    ] as const
  ).map(([what, name]) => [what, ...expiry.map((row) => count(row[name]))]),
)}
${wall_clock === undefined ? '' : wallClock(wall_clock)}`;
}

function callTable(calls: readonly CallCost[]): string {
  const counts = [...new Set(calls.map(({ n }) => n))].sort((left, right) => left - right);
  const names = [...new Set(calls.map(({ method }) => method))];
  const rows = names.map((name) => {
    const of = counts.map((n) => calls.find((call) => call.method === name && call.n === n));
    const last = of.at(-1);
    const instructions = of.map((call) => (call === undefined ? '' : (call.instructions / 1e6).toFixed(2)));
    const cycles = last?.cycles === 0 ? 'free' : `${((last?.cycles ?? 0) / 1e6).toFixed(1)} M`;
    return [name, ...instructions, cycles, `${count(last?.reply_bytes ?? 0)} B`];
  });
  return table(['call', ...counts.map(count), 'cycles', 'reply'], rows);
}

function wallClock(clock: NonNullable<BenchResults['wall_clock']>): string {
  const ratio = (value: number) => `${value} times`;
  return `
## Wall clock

Of one run on one machine, as multiples of what the canister's Wasm takes by itself for the same call: ${clock.bare_update_ms} ms for
\`store_agent_interaction\`, ${clock.bare_query_ms} ms for \`get_agent_status\`. Clients sign, and verify certificates and node signatures, in one process
beside the network's.

${table(
  ['call', 'callers', 'p50', 'p99', 'calls a second'],
  [
    ['store_agent_interaction, in process, without HTTP', '1', ratio(clock.network_update_ratio), '', ''],
    ['get_agent_status, in process, without HTTP', '1', ratio(clock.network_query_ratio), '', ''],
    ...clock.clients.map(({ call, callers, p50_ratio, p99_ratio, calls_per_second }) => [
      `${call}, through @dfinity/agent`,
      `${callers}`,
      ratio(p50_ratio),
      ratio(p99_ratio),
      `${calls_per_second}`,
    ]),
  ],
)}

\`npm start\` takes ${(clock.first_start_ms / 1000).toFixed(1)} s in an empty folder, with the service deployed, and ${(clock.next_start_ms / 1000).toFixed(1)} s after that.
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function size(bytes: number): string {
  return `${count(bytes)} bytes`;
}
