import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ICP_BINARY, WHY_NO_ICP } from './support/icp.ts';
import { setupFolder } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'scripts/icp-network-launcher.mjs');
const MODULE = join(ROOT, '.azle/agent_service/agent_service.wasm.gz');

/** The status and body of what a canister answers at its host name. */
async function ask(port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/', headers: { host } }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      response.on('end', () => resolve(`${response.statusCode} ${body}`));
    })
      .on('error', reject)
      .end();
  });
}

describe('icp network start', () => {
  it('runs our network, seeds it, installs its own canisters, and deploys to it', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const project = setupFolder();
    copyFileSync(MODULE, join(project, 'service.wasm.gz'));
    writeFileSync(
      join(project, 'icp.yaml'),
      `canisters: [{ name: service, build: { steps: [{ type: pre-built, path: service.wasm.gz }] } }]
networks: [{ name: local, mode: managed, gateway: { port: 0 } }]
`,
    );
    const env = {
      ...process.env,
      ICP_HOME: project,
      HOME: project,
      DO_NOT_TRACK: '1',
      ICP_CLI_NETWORK_LAUNCHER_PATH: LAUNCHER,
    };
    const icp = async (...args: string[]) =>
      (await promisify(execFile)(ICP_BINARY, args, { env, cwd: project })).stdout;
    await icp('identity', 'new', 'dev', '--storage', 'plaintext', '--output-seed', join(project, 'seed'));
    await icp('identity', 'default', 'dev');
    await icp('network', 'start', '-d');
    onTestFinished(async () => {
      await icp('network', 'stop');
    });

    expect(await icp('token', 'balance')).toContain('1000000.00000000 ICP');
    expect(await icp('cycles', 'balance')).toContain('1_000_000_000_000_000 cycles');
    await icp('deploy');
    expect(await icp('canister', 'call', 'service', 'list_agents', '(record {})', '--query')).toContain(
      'Ok = vec {}',
    );

    // The page with which icp shows interfaces is a canister, too.
    const status = await icp('network', 'status');
    const [, port = ''] = /Gateway Url: http:\/\/[^:]+:(\d+)/.exec(status) ?? [];
    const [, page = ''] = /Candid UI Principal: (\S+)/.exec(status) ?? [];
    expect(await ask(Number(port), `${page}.localhost`)).toMatch(/^200 [\s\S]*<html/i);
  });
});
