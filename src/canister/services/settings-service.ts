import { notFound } from '../models/agent-error.ts';
import { type LimitName, type Limits, limits, type SomeLimits } from '../models/limits.ts';
import type { NumberSettings, SomeNumbers } from '../models/number-settings.ts';
import { type Retention, type RetentionName, retention } from '../models/retention.ts';
import { checkRange } from '../policy/validation.ts';
import type { Store } from '../storage/store.ts';
import type { Call } from './call.ts';
import type { RetentionService } from './retention-service.ts';

type Given<N extends string> = { readonly [K in N]: bigint | undefined };

/** What admins set for the service, and for single agents. */
export class SettingsService {
  readonly #store: Store;
  readonly #retention: RetentionService;

  constructor(store: Store, retentionService: RetentionService) {
    this.#store = store;
    this.#retention = retentionService;
  }

  get(): { readonly limits: Limits; readonly retention: Retention } {
    return { limits: this.#store.settings.limits, retention: this.#store.settings.retention };
  }

  /** Changes what is named; what is left out stays as it is. */
  update(
    args: {
      readonly limits: Given<LimitName> | undefined;
      readonly retention: Given<RetentionName> | undefined;
    },
    call: Call,
  ): void {
    const before = this.#store.settings.settings;
    const after = {
      limits: changed(limits, before.limits, args.limits),
      retention: changed(retention, before.retention, args.retention),
    };
    this.#store.settings.save(after);
    if (args.retention !== undefined) this.#retention.begin(call.now);
  }

  /** Sets the limits of one agent in the place of those that were set for it; what is left out follows the settings. */
  setAgentLimits(args: { readonly agent: Uint8Array; readonly limits: Given<LimitName> }): void {
    const set = changed(limits, limits.unset, args.limits);
    if (!this.#store.agents.has(args.agent)) throw notFound();
    const isEmpty = limits.names.every((name) => set[name] === undefined);
    this.#store.settings.setAgentLimits(args.agent, isEmpty ? undefined : set);
  }

  /** What is set for an agent alone. */
  agentLimits({ agent }: { readonly agent: Uint8Array }): SomeLimits {
    if (!this.#store.agents.has(agent)) throw notFound();
    return this.#store.settings.agentLimits(agent);
  }
}

/** What was set, changed by what is given. */
function changed<N extends string>(
  { each, ranges }: NumberSettings<N>,
  before: SomeNumbers<N>,
  given: Given<N> | undefined,
): SomeNumbers<N> {
  return each((name) => checkRange(name, given?.[name], ranges[name]) ?? before[name]);
}
