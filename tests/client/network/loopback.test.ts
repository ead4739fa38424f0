import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../../src/client/network/loopback.ts';

describe('a host', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'bkyz2-fmaaa-aaaaa-qaaaq-cai.localhost',
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
  ])('is this machine: %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '',
    'localhost.example',
    'notlocalhost',
    '127.0.0.1.example',
    '128.0.0.1',
    '0.0.0.0',
    '::',
    '[::]',
    '::ffff:10.0.0.1',
    'evil.example/x.localhost',
    'user@localhost',
    'localhost:80',
  ])('may be another: %s', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
