import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DashboardConfig, dashboardServer } from '../../../src/cli/dashboard/dashboard-server.ts';

const CONFIG: DashboardConfig = {
  network_url: 'http://127.0.0.1:4943',
  canister_id: 'bkyz2-fmaaa-aaaaa-qaaaq-cai',
  root_key: '30',
  development_identities: [{ name: 'Alice', role: 'user', seed: '00'.repeat(32) }],
};

function setupServer(config = CONFIG, networkListensOn?: string): FastifyInstance {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>the dapp');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {}');
  writeFileSync(join(folder, '.sources'), 'a hash');
  const server = dashboardServer(folder, config, networkListensOn);
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

  describe('that others than this machine reach', () => {
    const open: DashboardConfig = { ...CONFIG, development_identities: [] };
    const urlOf = async (host: string, listensOn: string, config = open) => {
      const server = setupServer(config, listensOn);
      const { headers } = await server.inject({ url: '/', headers: { host } });
      const answer = await server.inject({ url: '/config.json', headers: { host } });
      const { network_url: url } = answer.json<{ network_url?: string }>();
      if (url !== undefined)
        expect(headers['content-security-policy']).toContain(`connect-src 'self' ${url};`);
      return url;
    };

    for (const [host, url] of [
      ['192.168.1.5:4990', 'http://192.168.1.5:4943'],
      ['box.local:4990', 'http://box.local:4943'],
      ['[fd00::5]:4990', 'http://[fd00::5]:4943'],
      ['localhost:4990', 'http://127.0.0.1:4943'],
      ['127.0.0.1:4990', 'http://127.0.0.1:4943'],
    ] as const) {
      it(`names the network by the name that led the browser here: ${host}`, async () => {
        expect(await urlOf(host, '0.0.0.0')).toBe(url);
        expect(await urlOf(host, '::')).toBe(url);
      });
    }

    it('names a network that listens on one address by no other', async () => {
      expect(await urlOf('192.168.1.5:4990', '127.0.0.1')).toBe('http://127.0.0.1:4943');
      expect(await urlOf('192.168.1.5:4990', '192.168.1.5')).toBe('http://127.0.0.1:4943');
    });

    for (const host of [
      "a; script-src 'unsafe-inline'",
      'a b',
      'evil.example/@x',
      'user@evil.example',
      '*.example',
      'a,b',
      `${'a'.repeat(300)}.example`,
      '[::1',
      '',
    ]) {
      it(`takes no Host for a name that is none: ${host.slice(0, 40)}`, async () => {
        const server = setupServer(open, '0.0.0.0');
        const { headers, statusCode } = await server.inject({ url: '/', headers: { host } });
        if (statusCode === 200) {
          expect(headers['content-security-policy']).toContain("connect-src 'self' http://127.0.0.1:4943;");
        } else {
          expect(statusCode).toBe(400);
        }
      });
    }

    it('hands out keys to nobody by a foreign name, on whatever address the network listens', async () => {
      expect(await urlOf('evil.example:4990', '0.0.0.0', CONFIG)).toBeUndefined();
    });
  });
});
