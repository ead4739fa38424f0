import { equalBytes } from '../../codec/bytes.ts';
import type { UpdateSettingsValue } from '../arguments.ts';
import { requireControlled } from '../authorise.ts';
import { decodeArgument, encodeNothing } from '../candid.ts';
import { recordChange } from '../history.ts';
import type { ManagementMethod } from '../management-call.ts';
import { changeSettings, requirePayable } from '../settings.ts';
import { UpdateSettingsArg } from '../types.ts';

/** Changes the settings that are given and keeps the others ("IC method update_settings"). */
export const updateSettings: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const value = decodeArgument<UpdateSettingsValue>(UpdateSettingsArg, call.arg);
    const canister = requireControlled(call.world, value.canister_id, call.origin.sender);
    const before = canister.settings.controllers;
    const settings = changeSettings(canister.settings, value.settings);
    requirePayable(call.world, canister, settings);
    canister.settings = settings;
    canister.log.fit(Number(canister.settings.logMemoryLimit));
    canister.version += 1n;
    const { controllers } = canister.settings;
    if (sameIds(before, controllers)) call.world.outbox.changed(canister);
    else
      recordChange(
        call,
        canister,
        { kind: 'controllers_change', controllers },
        value.sender_canister_version,
      );
    return { data: encodeNothing() };
  },
};

function sameIds(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((id, i) => equalBytes(id, b[i] ?? new Uint8Array()));
}
