import type { Mask, Rights } from '../../models/access/rights.ts';
import { notFound } from '../../models/agent-error.ts';
import type { NumberSettings, SomeNumbers } from '../../models/number-settings.ts';
import type { PendingRetention } from '../../models/retention/pending-retention.ts';
import { retention } from '../../models/retention/retention.ts';
import type { SealingMode } from '../../models/sealing/sealing-mode.ts';
import { type LimitName, type Limits, limits, type SomeLimits } from '../../models/settings/limits.ts';
import type { QueryTokens } from '../../models/settings/settings.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { textOf } from '../../policy/access/principals.ts';
import { checkRange } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ServiceLog } from '../audit/service-log.ts';
import {
  type GivenRetention,
  planOf,
  type RetentionInForce,
  retentionInForce,
} from '../retention/retention-plan.ts';
import type { RetentionService } from '../retention/retention-service.ts';

/** What holds: what is set, and the defaults for the rest. */
export interface SettingsInForce extends RetentionInForce {
  readonly limits: Limits;
  readonly queryTokens: QueryTokens;
  readonly sealing: SealingMode;
}

type Given<N extends string> = { readonly [K in N]: bigint | undefined };

/** What admins set for the service, and for single agents. */
export class SettingsService {
  readonly #store: Store;
  readonly #retention: RetentionService;

  readonly #log: ServiceLog;

  constructor(store: Store, retentionService: RetentionService, log: ServiceLog) {
    this.#store = store;
    this.#retention = retentionService;
    this.#log = log;
  }

  get(): SettingsInForce {
    const { limits: inForce, settings } = this.#store.settings;
    return {
      limits: inForce,
      ...retentionInForce(this.#store),
      queryTokens: settings.queryTokens,
      sealing: settings.sealing,
    };
  }

  /** Changes what is named; what is left out stays as it is. A retention that keeps less than before waits. */
  update(
    args: {
      readonly limits?: Given<LimitName> | undefined;
      readonly retention?: GivenRetention | undefined;
      readonly query_tokens?: QueryTokens | undefined;
    },
    call: Caller,
  ): void {
    const { settings: before, pendingRetention } = this.#store.settings;
    const newLimits = changed(limits, before.limits, args.limits);
    const plan =
      args.retention === undefined
        ? { inForce: before.retention, pending: pendingRetention }
        : planOf(this.#store, args.retention, call.now);
    const after = {
      limits: newLimits,
      retention: plan.inForce,
      queryTokens: args.query_tokens ?? before.queryTokens,
      sealing: before.sealing,
    };
    this.#store.settings.save(after);
    if (args.retention !== undefined) {
      this.#store.settings.savePendingRetention(plan.pending);
      this.#retention.begin(call.now);
    }
    const { pending } = plan;
    this.#tell(
      descriptionOf(pendingRetention, pending),
      {
        ...after.limits,
        ...after.retention,
        query_tokens: after.queryTokens,
        ...(pending && { pending_retention: { effective_at: `${pending.from}`, ...pending.set } }),
      },
      call,
    );
  }

  /** Sets whether secrets are sealed. */
  updateSealing({ sealing }: { readonly sealing: SealingMode }, call: Caller): void {
    this.#store.settings.save({ ...this.#store.settings.settings, sealing });
    this.#tell('Sealing changed', { sealing }, call);
  }

  /** Sets the limits of one agent in the place of those that were set for it; what is left out follows the settings. */
  setAgentLimits(
    args: { readonly agent: Uint8Array; readonly limits: Given<LimitName> },
    call: Caller,
  ): void {
    const set = changed(limits, limits.unset, args.limits);
    if (!this.#store.agents.has(args.agent)) throw notFound();
    const isEmpty = limits.names.every((name) => set[name] === undefined);
    this.#store.settings.setAgentLimits(args.agent, isEmpty ? undefined : set);
    this.#tell('Limits of an agent changed', { agent: textOf(args.agent), ...set }, call);
  }

  /** What is set for an agent alone. */
  agentLimits({ agent }: { readonly agent: Uint8Array }): SomeLimits {
    if (!this.#store.agents.has(agent)) throw notFound();
    return this.#store.settings.agentLimits(agent);
  }

  /** The agent types whose tokens the caller gets by a query. */
  tokensInQueries(rights: Rights): Mask {
    switch (this.#store.settings.settings.queryTokens) {
      case 'first_party':
        return rights.firstParty ? rights.secrets : 0;
      case 'nobody':
        return 0;
      case 'everybody':
        return rights.secrets;
    }
  }

  /** What is set now; the defaults of the code are not. */
  #tell(description: string, metadata: Readonly<Record<string, unknown>>, call: Caller): void {
    this.#log.record({ kind: 'SettingsChanged', description, metadata }, call.principal, call.now);
  }
}

/** Tells what became of a retention that waits. */
function descriptionOf(before: PendingRetention | undefined, after: PendingRetention | undefined): string {
  if (after === undefined)
    return before === undefined ? 'Settings changed' : 'Settings changed, pending retention taken back';
  const isSame = before?.from === after.from && retention.names.every((n) => before.set[n] === after.set[n]);
  return isSame ? 'Settings changed' : 'Settings changed, retention pending';
}

/** What was set, changed by what is given. */
function changed<N extends string>(
  { each, ranges }: NumberSettings<N>,
  before: SomeNumbers<N>,
  given: Given<N> | undefined,
): SomeNumbers<N> {
  return each((name) => checkRange(name, given?.[name], ranges[name]) ?? before[name]);
}
