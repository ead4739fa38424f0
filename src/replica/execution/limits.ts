import { RESPONSE_INSTRUCTIONS } from '../system-api/cycle-costs.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';

const UPDATE = 40_000_000_000n;
const QUERY = 5_000_000_000n;
const INSTALL = 300_000_000_000n;
const INSPECT = 200_000_000n;

/** The most instructions that one execution may take, as on an application subnet. */
export const INSTRUCTION_LIMITS: Readonly<Record<EntryPoint, bigint>> = {
  s: INSTALL,
  I: INSTALL,
  G: INSTALL,
  U: UPDATE,
  RQ: UPDATE,
  NRQ: QUERY,
  TQ: QUERY,
  CQ: QUERY,
  Ry: RESPONSE_INSTRUCTIONS,
  Rt: RESPONSE_INSTRUCTIONS,
  CRy: QUERY,
  CRt: QUERY,
  C: UPDATE,
  CC: QUERY,
  F: INSPECT,
  T: UPDATE,
};

/** How deep composite queries may call one another. */
export const MAX_QUERY_DEPTH = 6;
