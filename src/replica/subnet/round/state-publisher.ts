import type { CertifiedState } from '../../certification/certified-state.ts';
import type { Instances } from '../../execution/instances.ts';
import type { Canister } from '../../state/canister.ts';
import type { InstalledCode } from '../../state/installed-code.ts';

interface Published {
  readonly controllers: readonly Uint8Array[];
  readonly code: InstalledCode | undefined;
  readonly certifiedData: Uint8Array;
  readonly installedAt: bigint | undefined;
}

/** Brings canisters into the certified state; one of which nothing changed that is shown there costs nothing. */
export class StatePublisher {
  readonly #state: CertifiedState | undefined;
  readonly #instances: Instances;
  readonly #published = new WeakMap<Canister, Published>();

  /** Without a state nothing is published: a network that certifies nothing. */
  constructor(state: CertifiedState | undefined, instances: Instances) {
    this.#state = state;
    this.#instances = instances;
  }

  publish(canister: Canister): void {
    if (this.#state === undefined) return;
    const { id, code, certifiedData } = canister;
    const { createdAt, installedAt } = canister.history;
    const { controllers } = canister.settings;
    const before = this.#published.get(canister);
    const same =
      before !== undefined &&
      before.controllers === controllers &&
      before.code === code &&
      before.certifiedData === certifiedData &&
      before.installedAt === installedAt;
    if (same) return;
    const sections = code === undefined ? [] : [...this.#instances.moduleOf(code).customSections];
    this.#state.setCanister(id, {
      controllers,
      moduleHash: code?.moduleHash,
      metadata: new Map(sections.map(([name, { content }]) => [name, content])),
      createdAt,
      installedAt,
      certifiedData,
    });
    this.#published.set(canister, { controllers, code, certifiedData, installedAt });
  }

  withdraw(canister: Canister): void {
    this.#state?.removeCanister(canister.id);
    this.#published.delete(canister);
  }
}
