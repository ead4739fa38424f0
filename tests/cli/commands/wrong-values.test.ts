import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IC_ROOT_KEY } from '@dfinity/agent';
import type { Command, Option } from 'commander';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { run } from '../../../src/cli/run.ts';
import { WebhookWitness } from '../../../src/cli/witness/webhook-witness.ts';
import { newPem } from '../../client/support/new-pem.ts';

const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
/** Commands that do something lasting where their options are right. */
const COMMANDS = ['start', 'stop', 'deploy', 'demo', 'test-network', 'gateway', 'mcp'];

const NUMBERS = [
  '',
  ' ',
  '-1',
  '0.5',
  'NaN',
  'Infinity',
  '1e9',
  '0x10',
  '٣',
  '99999999999999999999999',
  SECRET,
];
const PATHS = ['', ' ', 'a\0b'];
/** Wrong values of each option, by its long form; the values of all commands' options with the name. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  '--network': [
    '',
    'mainnet',
    'ftp://a.example',
    'http://',
    'http://a.example/path',
    'http://a.example/?key=1',
    'http://a.example/#here',
    `http://name:${SECRET}@a.example`,
    'http://a.example:99999',
    '127.0.0.1:4943',
  ],
  '--identity-provider': [
    '',
    'here',
    'javascript:alert(1)',
    `https://u:${SECRET}@a.example`,
    'https://a.example/?x=1',
  ],
  '--host': ['', ' ', 'http://127.0.0.1', 'two words', 'a/b', '-a'],
  '--gateway-host': ['', 'http://127.0.0.1', 'a/b'],
  '--dashboard-host': ['', 'http://127.0.0.1', 'a/b'],
  '--port': [...NUMBERS, '65536'],
  '--gateway-port': [...NUMBERS, '65536'],
  '--dashboard-port': [...NUMBERS, '65536'],
  '--directory': PATHS,
  '--canister-ids': PATHS,
  '--canister': ['', 'hello', 'aaaaa-ab', 'AAAAA', SECRET],
  '--owner': ['', 'hello', 'aaaaa-ab', '2vxsx-fae'],
  '--agents': ['', 'hello', 'aaaaa-ab', '2vxsx-fae'],
  '--cycles': ['', '-1', '0', '_', '1.5', '1e12', 'NaN', '9'.repeat(40)],
  '--root-key': ['', 'fetch', '0x10', 'ab', IC_ROOT_KEY.slice(2), `00${IC_ROOT_KEY.slice(2)}`, SECRET],
  '--timeout': [...NUMBERS.filter((text) => text !== '0.5'), '0', '86401', '0.0001'],
  '--users': [...NUMBERS, '0', '1001'],
  '--days': [...NUMBERS, '0', '91'],
  '--seed': [...NUMBERS, '4294967296'],
  '--allow-origin': [
    '',
    'a.example',
    'https://a.example/',
    'https://a.example/path',
    `https://u:${SECRET}@a.example`,
  ],
  '--allow-host': ['', 'https://a.example', 'a b', 'a.example/x', 'a.example:443'],
  '--mcp-results': ['', 'both'],
  '--sealing': ['', 'off', 'AUTO', SECRET],
};
const WHAT_IS_ALLOWED = /such as|from \d|whole number|Allowed choices/;

let folder: string;
let errors: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'values-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  errors = '';
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  vi.spyOn(console, 'error').mockImplementation((text) => void (errors += `${String(text)}\n`));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (errors += String(text)) !== '');
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the words, which are to end with the code; resolves with what was printed. */
async function ended(code: number, ...words: readonly string[]): Promise<string> {
  errors = '';
  expect([await run(words), words, errors]).toEqual([code, words, errors]);
  expect(errors).not.toMatch(/^\s+at .*:\d+|\[object |undefined|TypeError|node:/m);
  for (const secret of [SECRET, IC_ROOT_KEY.slice(2, 80)]) expect(errors).not.toContain(secret);
  return errors;
}

const PROGRAM = await createProgram();

function commandOf(name: string): Command {
  const found = PROGRAM.commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function wrongValues({ long = '', flags }: Option): readonly string[] {
  const known = WRONG[long];
  if (known !== undefined) return known;
  // The gateway's limits are numbers from 1.
  if (/<number>/.test(flags)) return [...NUMBERS, '0', '1000000000'];
  throw new Error(`there are no wrong values of ${long}`);
}

describe('first contact: values that a command would fail with later', () => {
  it.each(COMMANDS)('%s refuses wrong values of every option by its name', async (name) => {
    for (const option of commandOf(name).options) {
      const { long = '', required, optional } = option;
      // A file is read, and told, when the command runs.
      if (long === '--identity' || (!required && !optional)) continue;
      for (const value of wrongValues(option)) {
        const said = await ended(2, name, '--directory', folder, `${long}=${value}`);
        expect(said).toContain(`option '`);
        expect(said).toContain(long);
        expect([long, value, said]).toEqual([long, value, expect.stringMatching(WHAT_IS_ALLOWED)]);
        if (/^[\w.-]{1,20}$/.test(value)) expect(said).toContain(value);
      }
    }
  });

  it('names --directory where that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      for (const name of ['start', 'demo']) {
        expect(await ended(1, name, '--directory', path)).toMatch(
          /^--directory: .* (is|lies below) a file.*Give a folder/m,
        );
      }
    }
  });

  it('names the option of an address or a port that cannot be listened on', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const gateway = [
      'gateway',
      ...['--directory', folder, '--network', 'http://127.0.0.1:9', '--canister', 'aaaaa-aa'],
    ];
    expect(await ended(1, ...gateway, '--port', String(port))).toContain(
      `Port ${port} is in use. Choose another with --port, or 0 for any.`,
    );
    for (const [host, reason] of [
      ['192.0.2.1', 'no address of this machine'],
      ['nowhere.invalid', 'there is no such name'],
    ] as const) {
      const said = await ended(1, ...gateway, '--port', '0', '--host', host);
      expect(said).toContain(`listen on ${host}, port 0`);
      expect(said).toContain(reason);
      expect(said).toContain('--host');
    }
  });

  it('names --canister-ids where that is a folder, or not as dfx writes it', async () => {
    const pem = join(folder, 'key.pem');
    writeFileSync(pem, newPem());
    mkdirSync(join(folder, 'ids'));
    const deploy = ['deploy', '--directory', folder, '--network', 'http://127.0.0.1:9', '--identity', pem];
    for (const content of [
      '{',
      '[]',
      '7',
      '{"agent_service": 7}',
      '{"agent_service": {"http://127.0.0.1:9": "x"}}',
    ]) {
      const file = join(folder, 'ids.json');
      writeFileSync(file, content);
      for (const words of [deploy, ['status', 'alice', ...deploy.slice(1)]]) {
        const said = await ended(1, ...words, '--canister-ids', file);
        expect(said).toMatch(
          /^--canister-ids: .*(is not valid JSON|is not as dfx writes it|has no canister's id)/,
        );
      }
    }
    expect(await ended(1, ...deploy, '--canister-ids', join(folder, 'ids'))).toContain('it is a folder');
    expect(await ended(1, ...deploy, '--canister-ids', join(folder, 'none', 'ids.json'))).toMatch(
      /^--canister-ids: .* cannot be written/,
    );
  });

  it('names network.json where it is not as start writes it', async () => {
    for (const content of ['{', '[]', 'null', '{}', '{"replica_url": 7}']) {
      writeFileSync(join(folder, 'network.json'), content);
      for (const words of [['status', 'alice'], ['mcp'], ['deploy'], ['gateway']]) {
        expect(await ended(1, ...words, '--directory', folder)).toMatch(/network\.json is not .*Remove it/);
      }
    }
  });

  it.each(['', ' ', 'two words', 'tökén', `${SECRET}\n${SECRET}`])(
    'names the variable of a witness token that is none: %j',
    async (token) => {
      vi.stubEnv('AGENT_SERVICE_WITNESS_TOKEN', token);
      onTestFinished(() => void vi.unstubAllEnvs());
      const read = new WebhookWitness(new URL('http://127.0.0.1:9')).read();
      await expect(read).rejects.toMatchObject({
        name: 'CommandError',
        message: expect.not.stringContaining(SECRET) as string,
      });
      await expect(read).rejects.toThrow(/^AGENT_SERVICE_WITNESS_TOKEN is no token: it has to be/);
    },
  );
});
