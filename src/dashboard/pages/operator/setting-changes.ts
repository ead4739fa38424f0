import type { Retention, Settings, UpdateSettingsRequest } from '../../../client/index.ts';
import { numbersIn, type Typed } from './number-fields.ts';
import { LIMIT_NAMES, RETENTION_NAMES } from './setting-names.ts';

type SomeOf<N extends string> = Partial<Record<N, bigint | undefined>>;

/** What the fields of the form have. */
export interface TypedSettings {
  readonly limits: Typed<(typeof LIMIT_NAMES)[number]>;
  readonly retention: Typed<(typeof RETENTION_NAMES)[number]>;
  readonly queryTokens: Settings['queryTokens'];
}

/**
 * What was changed since the form was filled with `base`; undefined where a number is none. What is sent would take back what is pending of it, and what
 * others have changed meanwhile, so nothing else is.
 */
export function changesOf(base: Settings, typed: TypedSettings): UpdateSettingsRequest | undefined {
  const limits = numbersIn(LIMIT_NAMES, typed.limits);
  const retention = numbersIn(RETENTION_NAMES, typed.retention);
  if (limits === undefined || retention === undefined) return undefined;
  const changed = {
    limits: differences(LIMIT_NAMES, base.limits, limits),
    retention: differences(RETENTION_NAMES, base.retention, retention),
  };
  return {
    ...(isEmpty(changed.limits) ? {} : { limits: changed.limits }),
    ...(isEmpty(changed.retention) ? {} : { retention: changed.retention }),
    ...(typed.queryTokens === base.queryTokens ? {} : { queryTokens: typed.queryTokens }),
  };
}

export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}

/** Whether numbers keep less than those in force, in any of them: 0 keeps all. */
export function keepsLess(inForce: Retention, given: SomeOf<keyof Retention> = {}): boolean {
  return RETENTION_NAMES.some((name) => {
    const [value = 0n, than] = [given[name], inForce[name]];
    return value !== 0n && (than === 0n || value < than);
  });
}

/** The numbers that are to be kept later, and are others than those in force. */
export function pendingNumbers({ retention, pendingRetention }: Settings): SomeOf<keyof Retention> {
  return pendingRetention === undefined
    ? {}
    : differences(RETENTION_NAMES, retention, pendingRetention.retention);
}

/** The numbers in force of what is pending: setting them takes it back. */
export function inForceOfPending({ retention, pendingRetention }: Settings): SomeOf<keyof Retention> {
  return pendingRetention === undefined
    ? {}
    : differences(RETENTION_NAMES, pendingRetention.retention, retention);
}

function differences<N extends string>(
  names: readonly N[],
  before: Readonly<Record<N, bigint>>,
  after: Readonly<Record<N, bigint | undefined>>,
): SomeOf<N> {
  const found: SomeOf<N> = {};
  for (const name of names) {
    const value = after[name];
    if (value !== undefined && value !== before[name]) found[name] = value;
  }
  return found;
}
