import { Actor, type ActorMethod, type ActorSubclass, type HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { FIRST_SUBNET } from '../../../src/cli/deployment/management-canister.ts';

type Visibility = { controllers: null } | { public: null };
type Settings = { log_visibility: [Visibility] };

interface Management {
  provisional_create_canister_with_cycles: ActorMethod<
    [{ settings: [Settings] }],
    { canister_id: Principal }
  >;
  update_settings: ActorMethod<[{ canister_id: Principal; settings: Settings }], undefined>;
  canister_status: ActorMethod<[{ canister_id: Principal }], { settings: { log_visibility: Visibility } }>;
}

const managementIdl: IDL.InterfaceFactory = () => {
  const { Null, Opt, Record, Variant } = IDL;
  const VisibilityType = Variant({ controllers: Null, public: Null });
  const SettingsType = Record({ log_visibility: Opt(VisibilityType) });
  const canisterId = Record({ canister_id: IDL.Principal });
  return IDL.Service({
    provisional_create_canister_with_cycles: IDL.Func(
      [Record({ settings: Opt(SettingsType) })],
      [canisterId],
      [],
    ),
    update_settings: IDL.Func([Record({ canister_id: IDL.Principal, settings: SettingsType })], [], []),
    canister_status: IDL.Func(
      [canisterId],
      [Record({ settings: Record({ log_visibility: VisibilityType }) })],
      [],
    ),
  });
};

const PUBLIC: Settings = { log_visibility: [{ public: null }] };

/** Who may read a canister's logs, as its controller sees and sets it. */
export class LogSettings {
  readonly #agent: HttpAgent;

  constructor(agent: HttpAgent) {
    this.#agent = agent;
  }

  /** A canister without a module, whose logs anybody may read. */
  async createPublic(): Promise<Principal> {
    const creation = { settings: [PUBLIC] as [Settings] };
    const created = await this.#actor(FIRST_SUBNET).provisional_create_canister_with_cycles(creation);
    return created.canister_id;
  }

  async publish(canisterId: Principal): Promise<void> {
    await this.#actor(canisterId).update_settings({ canister_id: canisterId, settings: PUBLIC });
  }

  async visibility(canisterId: Principal): Promise<Visibility> {
    const { settings } = await this.#actor(canisterId).canister_status({ canister_id: canisterId });
    return settings.log_visibility;
  }

  #actor(effectiveCanisterId: Principal): ActorSubclass<Management> {
    return Actor.createActor<Management>(managementIdl, {
      agent: this.#agent,
      canisterId: Principal.managementCanister(),
      callTransform: () => ({ effectiveCanisterId }),
    });
  }
}
