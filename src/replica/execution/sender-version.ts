import { IDL } from '@dfinity/candid';
import type { OutgoingCall } from '../system-api/execution-state.ts';
import { Trap } from '../system-api/trap.ts';

/** Methods of the management canister that take the version of the canister that calls. */
const METHODS: ReadonlySet<string> = new Set([
  'create_canister',
  'update_settings',
  'install_code',
  'install_chunked_code',
  'uninstall_code',
  'provisional_create_canister_with_cycles',
]);
const VersionedArg = IDL.Record({ sender_canister_version: IDL.Opt(IDL.Nat64) });

/**
 * What a message fails with that tells the management canister another version of its canister than it has
 * ("Message execution", validate_sender_canister_version); undefined where its calls tell the right one, or none.
 */
export function checkSenderVersions(calls: readonly OutgoingCall[], version: bigint): Trap | undefined {
  for (const { callee, methodName, arg } of calls) {
    // The management canister's id has no bytes.
    if (callee.length > 0 || !METHODS.has(methodName)) continue;
    const told = toldVersion(arg);
    if (told === undefined || told === version) continue;
    return new Trap(
      'contract-violation',
      `Management canister call payload includes sender canister version ${told} that does not match the actual sender canister version ${version}.`,
    );
  }
  return undefined;
}

function toldVersion(arg: Uint8Array): bigint | undefined {
  try {
    // The record's only field is the option; what cannot be decoded is refused by the method.
    const [record] = IDL.decode([VersionedArg], arg.slice()) as [{ sender_canister_version: [] | [bigint] }];
    return record.sender_canister_version[0];
  } catch {
    return undefined;
  }
}
