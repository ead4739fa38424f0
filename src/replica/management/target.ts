import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

/** The canister that the argument of a management method is about; undefined where it names none ("Effective canister id"). */
export function targetOf(methodName: string, arg: Uint8Array): Uint8Array | undefined {
  const field = methodName === 'install_chunked_code' ? 'target_canister' : 'canister_id';
  try {
    // A copy: the decoder reads a view from its buffer's start.
    const record: unknown = IDL.decode([IDL.Record({ [field]: IDL.Principal })], arg.slice())[0];
    if (typeof record !== 'object' || record === null) return undefined;
    const target: unknown = Object.values(record)[0];
    return Principal.isPrincipal(target) ? target.toUint8Array() : undefined;
  } catch {
    return undefined;
  }
}
