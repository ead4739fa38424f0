import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { newPem } from '../../client/support/new-pem.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

describe('KeyStore', () => {
  it('finds a key by its text, with the identity that it calls as', async () => {
    const keys = new KeyStore(join(setupFolder(), 'keys'));
    const pem = newPem();
    const { key, stored } = await keys.create({ name: 'one', pem });
    await keys.create({ name: 'two', pem: newPem() });
    expect(keys.find(key)).toEqual(stored);
    expect(stored).toMatchObject({ name: 'one', pem });
    expect(stored.principal).toMatch(/-/);
  });

  it('lets nobody but the owner read its files, and writes no key', async () => {
    const directory = join(setupFolder(), 'keys');
    const { key, stored } = await new KeyStore(directory).create({ name: 'one', pem: newPem() });
    const path = join(directory, `${stored.id}.json`);
    expect(readdirSync(directory)).toEqual([`${stored.id}.json`]);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(directory).mode & 0o077).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain(key.slice(-43));
  });

  it('knows no key any more that another one revoked in the same folder', async () => {
    const directory = join(setupFolder(), 'keys');
    const running = new KeyStore(directory);
    const { key, stored } = await running.create({ name: 'one', pem: newPem() });
    expect(new KeyStore(directory).revoke(stored.id)).toBe(true);
    expect(running.find(key)).toBeUndefined();
    expect(running.list()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
    expect(running.revoke(stored.id)).toBe(false);
  });

  it('lists the oldest first', async () => {
    const keys = new KeyStore(join(setupFolder(), 'keys'));
    expect(keys.list()).toEqual([]);
    for (const [name, at] of [
      ['newer', 2000],
      ['older', 1000],
    ] as const) {
      await keys.create({ name, pem: newPem(), now: new Date(at) });
    }
    expect(keys.list().map(({ name, createdAt }) => [name, createdAt])).toEqual([
      ['older', '1970-01-01T00:00:01.000Z'],
      ['newer', '1970-01-01T00:00:02.000Z'],
    ]);
  });

  it.each([
    ['an empty text', () => ''],
    ['a key that was never made', () => `ask_${'0'.repeat(12)}_${'A'.repeat(43)}`],
    ['a path', () => `ask_../../../etc_${'A'.repeat(43)}`],
    ['another secret of a key', (key: string) => key.slice(0, -1) + (key.endsWith('A') ? 'E' : 'A')],
    ['a key with something behind it', (key: string) => `${key}A`],
  ])('does not find %s', async (_name, wrong) => {
    const keys = new KeyStore(join(setupFolder(), 'keys'));
    const { key } = await keys.create({ name: 'one', pem: newPem() });
    expect(keys.find(wrong(key))).toBeUndefined();
  });

  it('revokes by an id alone, not by a path', async () => {
    const directory = setupFolder();
    const keys = new KeyStore(join(directory, 'keys'));
    await new KeyStore(join(directory, 'others')).create({ name: 'other', pem: newPem() });
    const [other = ''] = readdirSync(join(directory, 'others'));
    expect(keys.revoke(`../others/${other.replace('.json', '')}`)).toBe(false);
    expect(readdirSync(join(directory, 'others'))).toEqual([other]);
  });

  it.each([
    ['an empty name', { name: '', pem: newPem() }, 'a name must have 1 to 100 characters'],
    ['a long name', { name: 'n'.repeat(101), pem: newPem() }, 'a name must have 1 to 100 characters'],
    ['what is no private key', { name: 'one', pem: 'x' }, 'no private key in PEM'],
  ])('makes no key with %s', async (_name, options, message) => {
    const keys = new KeyStore(join(setupFolder(), 'keys'));
    await expect(keys.create(options)).rejects.toThrow(message);
    expect(keys.list()).toEqual([]);
  });
});
