import { codedEnumeration } from './coded-enumeration.ts';

/**
 * To whom the queries of credentials show tokens: to nobody, to those who act for every user and the user themself, or to everybody who may lease
 * them. A query leaves no trace. Codes are stored.
 */
export const queryTokens = codedEnumeration(['first_party', 'nobody', 'everybody']);
export type QueryTokens = (typeof queryTokens.names)[number];

/** What admins set for the whole service. */
export interface Settings {
  readonly queryTokens: QueryTokens;
}

export const DEFAULT_SETTINGS: Settings = { queryTokens: 'first_party' };

/** The version byte, then the code of `query_tokens`. */
const VERSION = 1;

export function encodeSettings(settings: Settings): Uint8Array {
  return Uint8Array.of(VERSION, queryTokens.codeOf(settings.queryTokens));
}

export function decodeSettings(bytes: Uint8Array): Settings {
  const [version, code] = bytes;
  if (version !== VERSION || code === undefined) throw new Error(`settings of an unknown version ${version}`);
  return { queryTokens: queryTokens.nameOf(code) };
}

/** The Candid record `Settings`. */
export function settingsBody(settings: Settings): Uint8Array {
  return Uint8Array.of(queryTokens.wireIndexOf(queryTokens.codeOf(settings.queryTokens)));
}
