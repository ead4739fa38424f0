import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DashboardConfig, dashboardServer } from '../../src/cli/dashboard/dashboard-server.ts';

const CONFIG: DashboardConfig = {
  network_url: 'http://127.0.0.1:4943',
  canister_id: 'bkyz2-fmaaa-aaaaa-qaaaq-cai',
  root_key: '30',
  development_identities: [{ name: 'Alice', role: 'user', seed: '00'.repeat(32) }],
};

function setupServer(config = CONFIG): FastifyInstance {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>the dapp');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {}');
  writeFileSync(join(folder, '.sources'), 'a hash');
  const server = dashboardServer(folder, config);
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return server;
}

describe('the server of the dapp', () => {
  it('lets a page load what is beside it, and talk to the network, and no more', async () => {
    const { headers } = await setupServer().inject('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
        "connect-src 'self' http://127.0.0.1:4943; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('hands out the configuration, and keeps no copy of it anywhere', async () => {
    const answer = await setupServer().inject({ url: '/config.json', headers: { host: 'localhost:4990' } });
    expect(answer.json()).toEqual(CONFIG);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('hands out keys to pages of this machine alone', async () => {
    const foreign = { url: '/config.json', headers: { host: 'rebound.example:4990' } };
    expect((await setupServer().inject(foreign)).statusCode).toBe(403);
    const withoutKeys = setupServer({ ...CONFIG, development_identities: [] });
    expect((await withoutKeys.inject(foreign)).statusCode).toBe(200);
  });

  it('answers with the dapp where a page of it is asked for, and with 404 for other files', async () => {
    const server = setupServer();
    const page = await server.inject({ url: '/activities?type=EmailSent', headers: { accept: 'text/html' } });
    expect(page.body).toContain('the dapp');
    expect((await server.inject('/assets/index-old.js')).statusCode).toBe(404);
    expect((await server.inject('/.sources')).body).not.toContain('a hash');
    expect((await server.inject('/..%2f..%2fetc/passwd')).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('lets browsers keep files whose names follow from their content, and ask again for the others', async () => {
    const server = setupServer();
    expect((await server.inject('/assets/index-abc.js')).headers['cache-control']).toContain('immutable');
    expect((await server.inject('/')).headers['cache-control']).toBe('no-cache');
  });
});
