import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addGatewayOptions,
  type GatewaySettings,
  gatewaySettings,
} from '../../../src/cli/gateway/gateway-options.ts';
import { DEFAULT_LIMITS } from '../../../src/gateway/limits/gateway-limits.ts';
import { DEFAULT_VIEW } from '../../../src/gateway/mcp/model-view.ts';

function settingsOf(...args: readonly string[]) {
  const command = addGatewayOptions(
    new Command().exitOverride().configureOutput({ writeErr: () => undefined }),
  );
  return gatewaySettings(command.parse(args, { from: 'user' }).opts<GatewaySettings>());
}

describe('the options of gateway', () => {
  it('are the defaults of a gateway where none is given', () => {
    expect(settingsOf()).toEqual({
      limits: DEFAULT_LIMITS,
      browsers: { allowedOrigins: [], allowedHosts: [] },
      models: DEFAULT_VIEW,
    });
  });

  it('set each limit, origins and hosts, and what models are given', () => {
    const args = Object.keys(DEFAULT_LIMITS).flatMap((name, i) => [
      `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      String(i + 1),
    ]);
    const names = ['--allow-origin', 'https://a.example', 'https://b.example', '--allow-host', 'c.example'];
    expect(settingsOf(...args, ...names, '--mcp-characters', '20000', '--mcp-results', 'text')).toEqual({
      limits: Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name, i) => [name, i + 1])),
      browsers: { allowedOrigins: ['https://a.example', 'https://b.example'], allowedHosts: ['c.example'] },
      models: { characters: 20_000, results: 'text' },
    });
  });

  it.each([
    [['--key-calls', '0'], /--key-calls.*'0' is not a whole number from 1/],
    [['--key-streams', '1.5'], /--key-streams.*'1.5'/],
    [['--request-seconds', 'soon'], /--request-seconds.*'soon'/],
    [['--mcp-characters', '9999'], /--mcp-characters.*Use 10000 or more/],
    [['--mcp-results', 'both'], /--mcp-results.*structured, text/],
  ])('name what is wrong: %j', (args, message) => {
    expect(() => settingsOf(...args)).toThrow(message);
  });
});
