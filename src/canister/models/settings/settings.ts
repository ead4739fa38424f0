import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { codedEnumeration } from '../coded-enumeration.ts';
import { retention, type SomeRetention } from '../retention/retention.ts';
import { type SealingMode, sealingModes } from '../sealing/sealing-mode.ts';
import { limits, type SomeLimits } from './limits.ts';

/**
 * To whom the queries of credentials show tokens: to nobody, to those who act for every user and the user themself, or to everybody who may lease
 * them. A query leaves no trace. Codes are stored.
 */
export const queryTokens = codedEnumeration(['first_party', 'nobody', 'everybody']);
export type QueryTokens = (typeof queryTokens.names)[number];

/** What admins set for the whole service. Limits and retention that are not set follow the defaults of the code. */
export interface Settings {
  readonly limits: SomeLimits;
  readonly retention: SomeRetention;
  readonly queryTokens: QueryTokens;
  readonly sealing: SealingMode;
}

export const DEFAULT_SETTINGS: Settings = {
  limits: limits.unset,
  retention: retention.unset,
  queryTokens: 'first_party',
  sealing: 'accept',
};

/**
 * Version u8, code of `query_tokens` u8, then limits and retention, each a length and its numbers, and the code of `sealing` u8, which a form of earlier
 * does not have.
 */
const VERSION = 1;

export function encodeSettings(settings: Settings): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .u8(queryTokens.codeOf(settings.queryTokens))
    .text(limits.encode(settings.limits))
    .text(retention.encode(settings.retention))
    .u8(sealingModes.codeOf(settings.sealing))
    .finish();
}

export function decodeSettings(bytes: Uint8Array): Settings {
  const reader = new ByteReader(bytes);
  checkVersion(reader.u8());
  return {
    queryTokens: queryTokens.nameOf(reader.u8()),
    limits: limits.decode(reader.text()),
    retention: retention.decode(reader.text()),
    sealing: reader.done ? DEFAULT_SETTINGS.sealing : sealingModes.nameOf(reader.u8()),
  };
}

/** What is set for one agent alone: the version byte, then the numbers. */
export function encodeAgentLimits(set: SomeLimits): Uint8Array {
  return new ByteWriter().u8(VERSION).raw(limits.encode(set)).finish();
}

export function decodeAgentLimits(stored: Uint8Array): SomeLimits {
  checkVersion(stored[0]);
  return limits.decode(stored.subarray(1));
}

function checkVersion(version: number | undefined): void {
  if (version !== VERSION) throw new Error(`settings of an unknown version ${version}`);
}
