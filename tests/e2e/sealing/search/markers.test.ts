import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { setupFolder } from '../../support/local-service.ts';
import { Markers } from './markers.ts';
import { storedFiles } from './stored-files.ts';

const FORMS: readonly (readonly [string, (secret: string) => string | Buffer, string])[] = [
  ['as text', (secret) => secret, 'agent-token-0'],
  ['as text within JSON', (secret) => JSON.stringify(JSON.stringify({ secret })), 'agent-token-0'],
  ['in UTF-16', (secret) => Buffer.from(secret, 'utf16le'), 'UTF-16'],
  ['in hex', (secret) => Buffer.from(secret).toString('hex'), 'hex'],
  ['in capital hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase(), 'hex in capitals'],
  ['in base64', (secret) => Buffer.from(secret).toString('base64'), 'base64 at 0'],
  ['in base64, after one byte', (secret) => Buffer.from(`.${secret}`).toString('base64'), 'base64 at 1'],
  [
    'in base64url, after two bytes',
    (secret) => Buffer.from(`..${secret}`).toString('base64url'),
    'base64 at 2',
  ],
];

describe('a marked secret', () => {
  it.each(FORMS)('is found %s', (_how, write, found) => {
    const markers = new Markers();
    const bytes = Buffer.concat([Buffer.alloc(7, 1), Buffer.from(write(markers.secret('agent-token')))]);
    expect(markers.in(bytes)).toContain(found);
    expect(new Markers().in(bytes)).toEqual([]);
  });

  it('is found where only the end of it is left', () => {
    const markers = new Markers();
    const secret = markers.secret('agent-token');
    expect(markers.in(Buffer.from(secret.slice(secret.length * 0.7)))).toEqual(['agent-token-0']);
  });

  it('is found in files of a folder, compressed ones too', () => {
    const [markers, folder] = [new Markers(), setupFolder()];
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below', 'packed'), gzipSync(markers.secret('agent-token')));
    writeFileSync(join(folder, 'plain'), markers.secret('other'));
    const found = [...storedFiles(folder)].flatMap(({ place, bytes }) =>
      markers.in(bytes).map((name) => [place, name]),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        ['plain', 'other-1'],
        [join('below', 'packed, decompressed'), 'agent-token-0'],
      ]),
    );
  });
});
