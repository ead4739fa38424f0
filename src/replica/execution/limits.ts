import type { EntryPoint } from '../system-api/entry-point.ts';

/** The most instructions that one execution may take, by what is executed. */
export type InstructionLimits = Readonly<Record<EntryPoint, bigint>>;

const QUERY = 5_000_000_000n;
const INSPECT = 200_000_000n;
/** What PocketIC lets everything take where a client wants to measure. */
const BENCHMARKING = 99_999_999_999_999n;

/** The limits of application subnets. */
export const APPLICATION_LIMITS: InstructionLimits = limitsOf({
  message: 40_000_000_000n,
  installation: 300_000_000_000n,
});

/** The limits of system subnets. */
export const SYSTEM_LIMITS: InstructionLimits = limitsOf({
  message: 50_000_000_000n,
  installation: 1_000_000_000_000n,
});

/** The limits of subnets for benchmarks. */
export const BENCHMARKING_LIMITS: InstructionLimits = limitsOf({
  message: BENCHMARKING,
  installation: BENCHMARKING,
  query: BENCHMARKING,
  inspection: BENCHMARKING,
});

function limitsOf({
  message,
  installation,
  query = QUERY,
  inspection = INSPECT,
}: Readonly<
  Record<'message' | 'installation', bigint> & Partial<Record<'query' | 'inspection', bigint>>
>): InstructionLimits {
  return {
    s: installation,
    I: installation,
    G: installation,
    U: message,
    RQ: message,
    NRQ: query,
    TQ: query,
    CQ: query,
    Ry: message,
    Rt: message,
    CRy: query,
    CRt: query,
    C: message,
    CC: query,
    F: inspection,
    T: message,
  };
}

/** How deep composite queries may call one another. */
export const MAX_QUERY_DEPTH = 6;
