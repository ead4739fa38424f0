import { type Command, InvalidArgumentError, Option } from 'commander';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { isHostName, isOrigin } from '../../gateway/http/browsers.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from '../../gateway/limits/gateway-limits.ts';
import { DEFAULT_VIEW, LEAST_CHARACTERS, type ModelView } from '../../gateway/mcp/model-view.ts';

/** Timers take no more than some weeks. */
const DAY_SECONDS = 86_400;

/** An option for each limit, and what it is in the words of who sets it. */
const LIMIT_OPTIONS: readonly (readonly [limit: keyof GatewayLimits, flag: string, description: string])[] = [
  ['keyCalls', '--key-calls <number>', 'concurrent calls of one API key'],
  ['keyCallsPerMinute', '--key-calls-per-minute <number>', 'calls of one API key per minute, on average'],
  ['keyBurst', '--key-burst <number>', 'calls of one API key at once after a pause'],
  ['keyStreams', '--key-streams <number>', 'event streams of one API key'],
  ['keyFeeds', '--key-feeds <number>', 'different event filters of one API key'],
  ['keyConnections', '--key-connections <number>', 'connections of one API key'],
  ['totalCalls', '--total-calls <number>', 'concurrent calls of all API keys'],
  ['totalStreams', '--total-streams <number>', 'event streams of all API keys'],
  ['totalConnections', '--total-connections <number>', 'connections of all callers'],
  ['addressConnections', '--address-connections <number>', 'connections of one address without an API key'],
  ['headSeconds', '--head-seconds <number>', 'time for the head of a request to arrive'],
  ['requestSeconds', '--request-seconds <number>', 'time for a whole request to arrive'],
  ['callSeconds', '--call-seconds <number>', 'time for the service to answer'],
  ['stallSeconds', '--stall-seconds <number>', 'time until a stream is closed if its reader takes no data'],
];

/** What the options say of a gateway, by their names. */
export interface GatewaySettings extends Partial<GatewayLimits>, ModelSettings {
  readonly allowOrigin?: readonly string[];
  readonly allowHost?: readonly string[];
}

/** What the options say of models. */
export interface ModelSettings {
  readonly mcpCharacters?: number;
  readonly mcpResults?: ModelView['results'];
}

/** Adds the options of limits, browsers and models. */
export function addGatewayOptions(command: Command): Command {
  command
    .option(
      '--allow-origin <origin...>',
      'origins of pages that may call, such as https://app.example.com',
      addOrigin,
    )
    .option('--allow-host <name...>', 'host names of the gateway, such as that of a proxy', addHost);
  addModelOptions(command);
  for (const [limit, flag, description] of LIMIT_OPTIONS) {
    const read = limit.endsWith('Seconds') ? readSecondsOfDay : readWhole;
    command.option(flag, description, read, DEFAULT_LIMITS[limit]);
  }
  return command;
}

/** Adds the options of how much a model is given. */
export function addModelOptions(command: Command): void {
  command
    .option(
      '--mcp-characters <number>',
      `longest result for a model, at least ${LEAST_CHARACTERS}`,
      readCharacters,
      DEFAULT_VIEW.characters,
    )
    .addOption(
      new Option('--mcp-results <part>', 'where a result has the answer')
        .choices(['structured', 'text'])
        .default(DEFAULT_VIEW.results),
    );
}

/** What a gateway is started with by its options. */
export function gatewaySettings(
  settings: GatewaySettings,
): Required<Pick<GatewayOptions, 'limits' | 'browsers' | 'models'>> {
  const { allowOrigin = [], allowHost = [] } = settings;
  const limits = LIMIT_OPTIONS.map(([limit]) => [limit, settings[limit] ?? DEFAULT_LIMITS[limit]]);
  return {
    limits: Object.fromEntries(limits) as GatewayLimits,
    browsers: { allowedOrigins: allowOrigin, allowedHosts: allowHost },
    models: modelView(settings),
  };
}

/** How much a model is given, by the options. */
export function modelView({ mcpCharacters, mcpResults }: ModelSettings): ModelView {
  return {
    characters: mcpCharacters ?? DEFAULT_VIEW.characters,
    results: mcpResults ?? DEFAULT_VIEW.results,
  };
}

function addOrigin(text: string, before: readonly string[] = []): readonly string[] {
  if (!isOrigin(text))
    throw new InvalidArgumentError('It must be an origin, such as https://app.example.com.');
  return [...before, text];
}

function addHost(text: string, before: readonly string[] = []): readonly string[] {
  if (!isHostName(text))
    throw new InvalidArgumentError('It must be the name of a host, such as agents.example.com.');
  return [...before, text];
}

function readCharacters(text: string): number {
  const characters = readWhole(text);
  if (characters < LEAST_CHARACTERS) {
    throw new InvalidArgumentError(`'${text}' is too few. Use ${LEAST_CHARACTERS} or more.`);
  }
  return characters;
}

function readSecondsOfDay(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > DAY_SECONDS) {
    throw new InvalidArgumentError(`'${text}' is not a whole number of seconds from 1 to ${DAY_SECONDS}.`);
  }
  return Number(text);
}

function readWhole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InvalidArgumentError(`'${text}' is not a whole number from 1 to 999999999.`);
  }
  return Number(text);
}
