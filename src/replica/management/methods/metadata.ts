import type { CanisterMetadataValue } from '../arguments.ts';
import { isController, requireCanister } from '../authorise.ts';
import { decodeArgument, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { CanisterMetadataArg, CanisterMetadataResult } from '../types.ts';

/**
 * Gives any canister the content of another's custom section `icp:public <name>`, and its controllers that of
 * `icp:private <name>` ("IC method canister_metadata").
 */
export const canisterMetadata: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg }) => {
    const { canister_id, name } = decodeArgument<CanisterMetadataValue>(CanisterMetadataArg, arg);
    const canister = requireCanister(world, canister_id);
    const { code } = canister;
    const section = code && world.instances.moduleOf(code).customSections.get(name);
    const hidden = section?.visibility === 'private' && !isController(canister, origin.sender);
    // Whether a private section exists is private, too.
    if (section === undefined || hidden) {
      return refuse('IC0406', `Canister ${canister_id.toText()} has no metadata "${name}" for the caller`);
    }
    return { data: encodeResult(CanisterMetadataResult, { value: section.content }) };
  },
};
