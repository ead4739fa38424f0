import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkFile } from '../src/cli/networks/network-file.ts';
import { KeyStore } from '../src/gateway/keys/key-store.ts';
import { newPem } from '../tests/client/support/new-pem.ts';
import { RunningCommand } from '../tests/e2e/support/command.ts';

/** Attacks of one hostile caller, whose key has no rights, or who has no key. */
const ATTACKS = {
  streams: '1,000 event streams of one key',
  filters: '300 different filters of one key',
  past: '50 streams of one key that read the past',
  calls: 'calls of one key, 100 at a time, as fast as it is answered',
  bodies: '800 connections without a key that send bodies byte by byte',
};
const ROUNDS = 3;
const CALLS = 100;
/** The honest caller's p99 may be this many times its quiet one. */
const MOST = 2;

interface Place {
  readonly url: string;
  readonly honest: string;
  readonly hostile: string;
  /** The user that the hostile key is, which alone it may read. */
  readonly hostileUser: string;
}

let place: Place;

/** A network and a gateway in a process of their own. */
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'agent-service-bench-'));
  const command = new RunningCommand([
    'start',
    '--directory',
    directory,
    '--port',
    '0',
    '--gateway-port',
    '0',
  ]);
  await command.printed('Press Ctrl-C to stop');
  const file = JSON.parse(readFileSync(join(directory, 'network.json'), 'utf8')) as NetworkFile & {
    gateway_url: string;
    agent_key: string;
  };
  const keys = new KeyStore(join(directory, 'api-keys'));
  const { key: hostile, stored } = await keys.create({ name: 'hostile', pem: newPem() });
  const honest = readFileSync(file.agent_key, 'utf8').trim();
  place = { url: file.gateway_url, honest, hostile, hostileUser: stored.principal };
  return async () => {
    await command.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}, 180_000);

/** The p99 of an honest caller's calls, one after the other, in ms. */
async function honestP99(): Promise<number> {
  const { url, honest } = place;
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    // Below the rate that one key has.
    await sleep(50);
    const begin = performance.now();
    const response = await fetch(`${url}/v1/users/u/status`, {
      headers: { authorization: `Bearer ${honest}` },
    });
    await response.arrayBuffer();
    times.push(performance.now() - begin);
    expect(response.status).toBe(200);
  }
  return times.sort((a, b) => a - b)[Math.ceil(CALLS * 0.99) - 1] ?? Number.NaN;
}

async function under(attack: string): Promise<number> {
  const process = fork(
    join(import.meta.dirname, 'gateway-attack-process.ts'),
    [attack, place.url, place.hostile, place.hostileUser],
    {
      execArgv: ['--import', 'tsx'],
    },
  );
  try {
    await once(process, 'message');
    return await honestP99();
  } finally {
    process.kill();
    await once(process, 'exit');
  }
}

describe('one key disturbs all', () => {
  it.each(Object.entries(ATTACKS))('%s: %s', async (attack, what) => {
    await honestP99();
    const [quiet, attacked] = [[], []] as [number[], number[]];
    for (let round = 0; round < ROUNDS; round++) {
      quiet.push(await honestP99());
      attacked.push(await under(attack));
    }
    // What else the machine does only ever adds to a round.
    const [best, worst] = [Math.min(...quiet), Math.min(...attacked)];
    const told = `${what}: p99 ${best.toFixed(1)} ms quiet, ${worst.toFixed(1)} ms attacked`;
    console.log(`${told}, ${(worst / best).toFixed(2)} times`);
    console.log([quiet, attacked].map((each) => each.map((ms) => ms.toFixed(0)).join(' ')).join(' | '));
    expect(worst / best).toBeLessThanOrEqual(MOST);
  });
});
