import type { NativeCanister } from '../management/native-canister.ts';
import { cyclesLedger } from '../system-canisters/cycles-ledger.ts';
import { cyclesMinting } from '../system-canisters/cycles-minting.ts';
import { icpLedger } from '../system-canisters/icp-ledger.ts';
import { BadRequest } from './bad-request.ts';
import type { JsonFields } from './json-fields.ts';
import type { SubnetKind } from './topology.ts';

/** Canisters of the public network that an instance can have from the start, by the names of the protocol. */
export type IcpFeature = 'cycles_minting' | 'icp_token' | 'cycles_token';

const FEATURES: Readonly<
  Record<IcpFeature, { readonly subnet: SubnetKind; readonly canister: NativeCanister }>
> = {
  cycles_minting: { subnet: 'NNS', canister: cyclesMinting },
  icp_token: { subnet: 'NNS', canister: icpLedger },
  cycles_token: { subnet: 'II', canister: cyclesLedger },
};

/** When an instance with `cycles_minting` begins unless told, ns since 1970: 10 May 2021, as in PocketIC. */
export const MINTING_START = 1_620_633_601_000_000_000n;

/** Reads which features a client asks for. Refuses those that there are not. */
export function parseFeatures(fields: JsonFields): readonly IcpFeature[] {
  return fields.names.map((name) => {
    const setting = fields.text(name);
    if (setting !== 'DefaultConfig') {
      throw new BadRequest(`icp_features.${name} is ${setting}, it has to be "DefaultConfig"`);
    }
    if (isFeature(name)) return name;
    throw new BadRequest(
      `icp_features.${name} is not supported here, only ${Object.keys(FEATURES).join(', ')}: leave it out and install its canisters with their ids, or run these tests on the PocketIC server`,
    );
  });
}

/** The kind of subnet that has the canister of a feature. */
export function subnetKindOf(feature: IcpFeature): SubnetKind {
  return FEATURES[feature].subnet;
}

/** The canisters of the features that are on a subnet of that kind. */
export function featuredCanisters(
  features: readonly IcpFeature[],
  kind: SubnetKind,
): readonly NativeCanister[] {
  return features
    .map((feature) => FEATURES[feature])
    .filter(({ subnet }) => subnet === kind)
    .map(({ canister }) => canister);
}

function isFeature(name: string): name is IcpFeature {
  return name in FEATURES;
}
