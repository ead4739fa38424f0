import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HttpAgent } from '@dfinity/agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployCanister } from '../../src/cli/deployment/deploy-canister.ts';
import { FIRST_SUBNET, ManagementCanister } from '../../src/cli/deployment/management-canister.ts';
import { readModule } from '../../src/cli/files/project.ts';
import { setupCommand } from './support/command.ts';
import { clientOf, type OpenService, openLocalService } from './support/local-service.ts';
import { takeSnapshot } from './support/snapshots.ts';

/** What a command printed that ends with the code. */
async function printed(code: number, ...args: string[]): Promise<string> {
  const command = setupCommand(...args);
  expect(await command.exit(), command.output).toBe(code);
  return command.output;
}

/** Keeps what is posted, and answers with it; refuses what `refuses` says. */
async function openWebhook() {
  const kept: string[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.method === 'POST' && state.status === 200) kept.push(Buffer.concat(parts).toString());
      response.writeHead(state.status, state.status === 302 ? { location: '/elsewhere' } : {});
      response.end(request.method === 'GET' ? kept.map((line) => `${line}\n`).join('') : 'thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tips?secret=hush`;
  return { url, kept, state, close: () => server.close() };
}

/** Another Agent Service on the same network, where the agent writes. */
async function deployWitness({ url, rootKey, identities }: OpenService): Promise<string> {
  const agent = await HttpAgent.create({
    host: url,
    identity: identities.admin.identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
  });
  const { canisterId } = await deployCanister({
    agent,
    module: readModule(),
    setup: { agents: [identities.agent.identity.getPrincipal()] },
    canisterId: undefined,
    create: () => new ManagementCanister(agent).createProvisionally(FIRST_SUBNET),
  });
  return canisterId.toText();
}

describe('history by snapshots', () => {
  let service: OpenService;
  let webhook: Awaited<ReturnType<typeof openWebhook>>;
  let witnesses: readonly string[];
  let file: string;
  const path = (name: string) => join(service.directory, name);
  const here = () => ['--directory', service.directory];
  const download = (name: string) => printed(0, 'audit-log', ...here(), '--output', path(name));
  const log = async (description: string) => {
    const agent = await clientOf(service);
    await agent.logAgentActivity({
      userId: 'alice',
      agentType: 'Asana',
      activityType: 'TaskCreated',
      description,
    });
  };

  beforeAll(async () => {
    service = await openLocalService();
    webhook = await openWebhook();
    file = path('tips.jsonl');
    witnesses = [file, webhook.url, `canister:${await deployWitness(service)}`];
    await log('before the snapshot');
  });
  afterAll(async () => {
    webhook.close();
    await service.close();
  });

  it('publishes the certified tip to a file, a webhook and another service, which then agree', async () => {
    await download('earlier.jsonl');
    const output = await printed(0, 'witness', 'publish', ...here(), '--to', ...witnesses);
    expect(output.match(/is kept by/g)).toHaveLength(3);
    expect(output).not.toContain('hush');
    await printed(0, 'witness', 'publish', ...here(), '--to', file, '--json');
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    expect(webhook.kept).toHaveLength(1);
    const checked = await printed(
      0,
      'witness',
      'check',
      ...here(),
      '--against',
      ...witnesses,
      '--max-age',
      '1h',
    );
    expect(checked.match(/agrees with the log\./g)).toHaveLength(3);
  });

  it('finds nothing where the log only grew', async () => {
    await log('after the first tip');
    await download('later.jsonl');
    const extended = ['--extends', path('earlier.jsonl')];
    expect(await printed(0, 'verify-log', path('later.jsonl'), ...here(), ...extended)).toContain('Extends');
    writeFileSync(path('tip.jsonl'), readFileSync(file, 'utf8').split('\n')[0] ?? '');
    await printed(0, 'verify-log', path('later.jsonl'), ...here(), '--extends', path('tip.jsonl'));
    const swapped = ['--extends', path('later.jsonl')];
    expect(await printed(1, 'verify-log', path('earlier.jsonl'), ...here(), ...swapped)).toContain(
      'it is older than the one that it has to extend',
    );
    const older = ['--log', path('earlier.jsonl'), '--against', file];
    await printed(0, 'witness', 'publish', ...here(), '--to', file);
    expect(await printed(3, 'witness', 'check', ...here(), ...older)).toContain('1 newer than the log');
  });

  it('tells of witnesses that fail, and of tips that are none', async () => {
    webhook.state.status = 500;
    const failed = await printed(
      1,
      'witness',
      'publish',
      ...here(),
      '--to',
      webhook.url,
      path('other.jsonl'),
    );
    expect(failed).toContain('refused with the HTTP status 500');
    expect(failed).toContain(`is kept by ${path('other.jsonl')}`);
    webhook.state.status = 302;
    expect(await printed(1, 'witness', 'publish', ...here(), '--to', webhook.url)).toContain('a redirect');
    webhook.state.status = 200;
    expect(await printed(1, 'witness', 'publish', ...here(), '--to', 'http://example.org/')).toContain(
      'Use a URL that begins with https://',
    );
    expect(await printed(1, 'witness', 'publish', ...here(), '--to', service.directory)).toContain(
      'cannot be',
    );
    writeFileSync(path('empty.jsonl'), '');
    expect(await printed(1, 'witness', 'check', ...here(), '--against', path('empty.jsonl'))).toContain(
      'it keeps no tip of this log',
    );
    appendFileSync(path('other.jsonl'), 'dear diary\n');
    expect(await printed(1, 'witness', 'check', ...here(), '--against', path('other.jsonl'))).toContain(
      'tip at 2: line 2: it is no JSON object',
    );
    expect(
      await printed(1, 'witness', 'publish', ...here(), '--to', `canister:${service.canisterId}`),
    ).toContain('A service cannot witness itself');
  });

  it('mends a file in which a kill left a part of a line', async () => {
    const torn = path('torn.jsonl');
    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(torn, `${first}\n${first.slice(0, 100)}`);
    await printed(0, 'witness', 'publish', ...here(), '--to', torn);
    writeFileSync(torn, readFileSync(torn, 'utf8').trimEnd());
    await printed(0, 'witness', 'publish', ...here(), '--to', torn);
    await printed(0, 'witness', 'check', ...here(), '--against', torn);
    expect(readFileSync(torn, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('finds the fork when load_canister_snapshot made an entry vanish', async () => {
    const agent = await HttpAgent.create({
      host: service.url,
      identity: service.identities.admin.identity,
      rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
    });
    const load = await takeSnapshot(agent, service.canisterId);
    await log('vanishes');
    await download('whole.jsonl');
    await printed(0, 'witness', 'publish', ...here(), '--to', ...witnesses);
    await load();
    // Fewer entries than a witness knows of: a rollback.
    expect(await printed(1, 'witness', 'check', ...here(), '--against', ...witnesses)).toContain(
      'was rolled back',
    );
    await download('cut.jsonl');
    const extended = ['--extends', path('whole.jsonl')];
    await printed(0, 'verify-log', path('cut.jsonl'), ...here());
    expect(await printed(1, 'verify-log', path('cut.jsonl'), ...here(), ...extended)).toContain(
      'was rolled back',
    );
    await log('in its place');
    await log('and one more');
    await download('forked.jsonl');
    // Alone it is whole; beside what was kept it is not.
    await printed(0, 'verify-log', path('forked.jsonl'), ...here());
    const forked = await printed(1, 'verify-log', path('forked.jsonl'), ...here(), ...extended);
    const at = readFileSync(path('whole.jsonl'), 'utf8').trimEnd().split('\n').length - 1;
    expect(forked).toMatch(new RegExp(`^entry ${at}: .*have forked: they differ from here on`));
    const found = await printed(1, 'witness', 'check', ...here(), '--against', ...witnesses, '--json');
    const { verdict, witnesses: told } = JSON.parse(found) as {
      verdict: string;
      witnesses: { problems: { reason: string; index: string }[] }[];
    };
    expect(verdict).toBe('refused');
    for (const { problems } of told) {
      expect(problems).toContainEqual(expect.objectContaining({ reason: 'fork', index: String(at) }));
    }
    // The tip that contradicts is kept as evidence: the file alone proves the fork from then on.
    const published = await printed(1, 'witness', 'publish', ...here(), '--to', file);
    expect(published).toContain('the log has forked');
    expect(published).toContain('is kept by');
    await printed(1, 'witness', 'check', ...here(), '--against', file);
  });
});
