import type { Reject } from '../messages/outcome.ts';
import type { CanisterSnapshot } from '../state/canister-snapshot.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import { ModuleError } from '../wasm/module-error.ts';
import { instantiate } from './canister-instance.ts';
import type { Instances } from './instances.ts';
import { invalidModule } from './rejects.ts';
import { withGlobals } from './snapshot-globals.ts';

/**
 * The code of a snapshot whose parts were uploaded, with memory and globals as they say: nothing of it runs. A reject where
 * its module cannot be installed, or memory and globals are not the module's.
 */
export function codeOfUpload(
  instances: Instances,
  { code, uploadedGlobals = [] }: CanisterSnapshot,
  canisterId: Uint8Array,
): InstalledCode | Reject {
  try {
    // A copy: the snapshot's can still change, and what is prepared is remembered by its bytes.
    const upload = code.upload.slice();
    const module = instances.prepare(upload);
    const instance = instantiate(module);
    const fresh = {
      upload,
      moduleHash: module.hash,
      heap: new Uint8Array(),
      variables: { globals: [], tables: [] },
    };
    instance.saveTo(fresh);
    if (!instance.loadHeap(code.heap)) {
      return invalidModule(canisterId, 'the memory of the snapshot does not fit into its own');
    }
    const globals = withGlobals(fresh.variables, module.visibleGlobals, uploadedGlobals);
    if (globals === undefined) {
      return invalidModule(
        canisterId,
        'the globals of the snapshot are not of the number and types of its own',
      );
    }
    return { ...fresh, heap: code.heap.slice(), variables: { ...fresh.variables, globals } };
  } catch (error) {
    if (error instanceof ModuleError) return invalidModule(canisterId, error.message);
    throw error;
  }
}
