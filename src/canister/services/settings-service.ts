import type { Mask, Rights } from '../models/rights.ts';
import { type QueryTokens, settingsBody } from '../models/settings.ts';
import type { Store } from '../storage/store.ts';
import type { Call } from './call.ts';
import type { ServiceLog } from './service-log.ts';

/** What an admin changes; what is undefined stays as it is. */
export interface SettingsChange {
  readonly query_tokens: QueryTokens | undefined;
}

/** What admins set for the whole service. */
export class SettingsService {
  readonly #store: Store;
  readonly #log: ServiceLog;

  constructor(store: Store, log: ServiceLog) {
    this.#store = store;
    this.#log = log;
  }

  /** Reads them once for all calls: what a query reads is forgotten with it. */
  load(): void {
    this.#store.settings.load();
  }

  update(change: SettingsChange, call: Call): void {
    const before = this.#store.settings.settings;
    this.#store.settings.settings = { queryTokens: change.query_tokens ?? before.queryTokens };
    const event = {
      kind: 'SettingsChanged',
      description: 'Settings changed',
      metadata: { ...change },
    } as const;
    this.#log.record(event, call.principal, call.now);
  }

  /** The settings as a Candid record. */
  get(): Uint8Array {
    return settingsBody(this.#store.settings.settings);
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
}
