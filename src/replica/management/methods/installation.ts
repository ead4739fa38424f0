import type { Principal } from '@dfinity/principal';
import { concatBytes, equalBytes, toHex } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import { type InstallMode, installCode as install } from '../../execution/install-code.ts';
import type { InstallChunkedCodeValue, InstallCodeValue, InstallModeValue } from '../arguments.ts';
import { requireControlled, requireControlledOrSelf } from '../authorise.ts';
import { decodeArgument, encodeNothing } from '../candid.ts';
import { recordChange } from '../history.ts';
import type { ManagementCall, ManagementMethod, ManagementReply } from '../management-call.ts';
import { ManagementError, refuse } from '../management-error.ts';
import { InstallChunkedCodeArg, InstallCodeArg } from '../types.ts';

const MAX_MODULE_BYTES = 100 * 1024 * 1024;

/** Installs a module that comes with the call ("IC method install_code"). */
export const installCode: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const value = decodeArgument<InstallCodeValue>(InstallCodeArg, call.arg);
    return runInstallation(call, value.canister_id, { ...value, upload: value.wasm_module });
  },
};

/** Installs a module that was uploaded in parts ("IC method install_chunked_code"). */
export const installChunkedCode: ManagementMethod = {
  callers: 'controllers',
  run: (call) => {
    const value = decodeArgument<InstallChunkedCodeValue>(InstallChunkedCodeArg, call.arg);
    return runInstallation(call, value.target_canister, { ...value, upload: joinChunks(call, value) });
  },
};

function runInstallation(
  call: ManagementCall,
  id: Principal,
  value: Pick<InstallCodeValue, 'mode' | 'arg' | 'sender_canister_version'> & { readonly upload: Uint8Array },
): ManagementReply {
  const { world, origin } = call;
  const { sender } = origin;
  const canister = requireControlled(world, id, sender);
  const mode = toMode(value.mode);
  const reject = install(world, canister, { mode, upload: value.upload, arg: value.arg, sender });
  if (reject !== undefined) throw new ManagementError(reject);
  const moduleHash = sha256(value.upload);
  const details = { kind: 'code_deployment', mode: mode.kind, moduleHash } as const;
  recordChange(call, canister, details, value.sender_canister_version);
  return { data: encodeNothing() };
}

function toMode(value: InstallModeValue): InstallMode {
  if ('install' in value) return { kind: 'install' };
  if ('reinstall' in value) return { kind: 'reinstall' };
  const [options] = value.upgrade;
  const [persistence] = options?.wasm_memory_persistence ?? [];
  return {
    kind: 'upgrade',
    skipPreUpgrade: options?.skip_pre_upgrade[0] ?? false,
    keepHeap: persistence !== undefined && 'keep' in persistence,
    replaceHeap: persistence !== undefined && 'replace' in persistence,
  };
}

function joinChunks({ world, origin }: ManagementCall, value: InstallChunkedCodeValue): Uint8Array {
  const [storeId = value.target_canister] = value.store_canister;
  const store = requireControlledOrSelf(world, storeId, origin.sender);
  const chunks = value.chunk_hashes_list.map(({ hash }) => {
    const chunk = store.chunks.get(toHex(hash));
    return chunk ?? refuse('IC0408', `The chunk ${toHex(hash)} is not in the store of ${storeId.toText()}`);
  });
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  if (size > MAX_MODULE_BYTES) refuse('IC0408', `The module has ${size} bytes; ${MAX_MODULE_BYTES} at most`);
  const upload = concatBytes(...chunks);
  const hash = sha256(upload);
  if (!equalBytes(hash, value.wasm_module_hash)) {
    refuse(
      'IC0408',
      `The chunks make a module of hash ${toHex(hash)}, wasm_module_hash says ${toHex(value.wasm_module_hash)}`,
    );
  }
  return upload;
}
