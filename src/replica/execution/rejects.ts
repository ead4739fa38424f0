import { principalText } from '../codec/principal-text.ts';
import type { Reject, RejectCode } from '../messages/outcome.ts';
import type { Trap } from '../system-api/trap.ts';

/** A call that is answered with a reject. */
export function rejected(reject: Reject): { readonly kind: 'rejected'; readonly reject: Reject } {
  return { kind: 'rejected', reject };
}

/** An error of the canister (reject code 5), worded as the replica words it. */
function canisterError(errorCode: string, canisterId: Uint8Array, problem: string): Reject {
  return { code: 5, errorCode, message: `Error from Canister ${principalText(canisterId)}: ${problem}` };
}

export function canisterNotFound(id: Uint8Array): Reject {
  return { code: 3, errorCode: 'IC0301', message: `Canister ${principalText(id)} not found` };
}

export function canisterStopped(id: Uint8Array): Reject {
  return { code: 5, errorCode: 'IC0508', message: `Canister ${principalText(id)} is stopped` };
}

export function canisterStopping(id: Uint8Array): Reject {
  return { code: 5, errorCode: 'IC0509', message: `Canister ${principalText(id)} is stopping` };
}

/** A message that found its canister running when it was sent, and not any more. */
export function notRunning(id: Uint8Array, runState: 'stopping' | 'stopped'): Reject {
  const errorCode = runState === 'stopped' ? 'IC0508' : 'IC0509';
  return { code: 5, errorCode, message: `Canister ${principalText(id)} is not running` };
}

/** A query of a canister that has stopped, in the replica's words. */
export function stoppedForQueries(id: Uint8Array): Reject {
  return {
    code: 5,
    errorCode: 'IC0508',
    message: `Canister ${principalText(id)} is stopped and therefore does not have a CallContextManager`,
  };
}

export function outOfCycles(id: Uint8Array, missing: bigint): Reject {
  return {
    code: 2,
    errorCode: 'IC0207',
    message: `Canister ${principalText(id)} is out of cycles: please top up the canister with at least ${missing} additional cycles`,
  };
}

export function canisterFrozen(id: Uint8Array): Reject {
  return {
    code: 2,
    errorCode: 'IC0207',
    message: `Canister ${principalText(id)} is unable to process query calls because it's frozen. Please top up the canister with cycles and try again.`,
  };
}

/** A call from another canister that brings fewer cycles than the callee's settings ask for. */
export function tooFewCyclesInCall(id: Uint8Array, needed: bigint): Reject {
  return canisterError('IC0520', id, `A call from another canister has to bring ${needed} cycles.`);
}

export function noModule(id: Uint8Array): Reject {
  return canisterError(
    'IC0537',
    id,
    'Attempted to execute a message, but the canister contains no Wasm module.',
  );
}

/** An ingress message to a canister without code: it is refused before it is taken. */
export function noModuleToAsk(): Reject {
  return { code: 5, errorCode: 'IC0537', message: 'Requested canister has no wasm module' };
}

export function noMethod(id: Uint8Array, kind: 'update' | 'query', name: string): Reject {
  return canisterError('IC0536', id, `Canister has no ${kind} method '${name}'.`);
}

export function compositeInReplicatedMode(id: Uint8Array): Reject {
  return canisterError('IC0527', id, 'Composite query cannot be called in replicated mode');
}

export function noReply(id: Uint8Array): Reject {
  return {
    code: 5,
    errorCode: 'IC0506',
    message: `Canister ${principalText(id)} did not reply to the call`,
  };
}

/** Rejects of which canisters that called are told as they are: what a canister said, and that nobody took the call. */
const PLAIN: ReadonlySet<string> = new Set(['IC0301', 'IC0406', 'IC0508', 'IC0509', 'IC0601']);

/** What a composite query is told of a reject. */
export function messageForQuery({ errorCode, message }: Reject): string {
  return errorCode === 'IC0406' ? message : `${errorCode}: ${message}`;
}

/** What a canister that called is told of a reject: the code of what went wrong stands before its text. */
export function messageForCaller({ errorCode, message }: Reject): string {
  if (errorCode === 'IC0506') return 'No response';
  return PLAIN.has(errorCode) || errorCode.endsWith('00') ? message : `${errorCode}: ${message}`;
}

export function notAccepted(id: Uint8Array): Reject {
  return { code: 4, errorCode: 'IC0406', message: `Canister ${principalText(id)} rejected the message` };
}

/** The canister's own `msg_reject`. */
export function canisterReject(message: string): Reject {
  return { code: 4, errorCode: 'IC0406', message };
}

export function uninstalled(): Reject {
  return { code: 4, errorCode: 'IC0406', message: 'Canister has been uninstalled.' };
}

export function timedOut(): Reject {
  return { code: 6, errorCode: 'IC0601', message: 'Call deadline has expired.' };
}

/** An HTTP outcall without a response; its canister sees the code and the message only. */
export function outcallFailed(code: RejectCode, message: string): Reject {
  return { code, errorCode: `IC0${code}00`, message };
}

export function outcallTimedOut(): Reject {
  return outcallFailed(2, 'Canister http request timed out');
}

export function queryTooDeep(id: Uint8Array, limit: number): Reject {
  return canisterError('IC0525', id, `Composite query calls exceeded the maximum call depth of ${limit}`);
}

export function invalidModule(id: Uint8Array, reason: string): Reject {
  return canisterError('IC0505', id, `Canister's Wasm module is not valid: ${reason}`);
}

export function alreadyInstalled(id: Uint8Array): Reject {
  return {
    code: 5,
    errorCode: 'IC0538',
    message: `Canister ${principalText(id)} cannot be installed because the canister is not empty. Try installing with mode='reinstall' instead.`,
  };
}

export function missingUpgradeOption(id: Uint8Array): Reject {
  return canisterError(
    'IC0504',
    id,
    'Missing upgrade option: Enhanced orthogonal persistence requires the `wasm_memory_persistence` upgrade option.',
  );
}

/** A message that came when the state folder could not be written to. */
export function notKept(): Reject {
  return {
    code: 2,
    errorCode: 'IC0208',
    message:
      'The network cannot write to its state folder, and takes no updates until it can; it printed the reason. Nothing of this call was done.',
  };
}

export function networkClosed(): Reject {
  return { code: 2, errorCode: 'IC0208', message: 'The network is stopping. Nothing of this call was done.' };
}

export function invalidUpgradeOption(id: Uint8Array): Reject {
  return canisterError(
    'IC0504',
    id,
    'Invalid upgrade option: The `wasm_memory_persistence: opt keep` upgrade option requires that the new canister module supports enhanced orthogonal persistence.',
  );
}

/** How an execution that trapped is told; `limit` is the instruction limit that it ran under. */
export function trapReject(id: Uint8Array, { reason, message }: Trap, limit: bigint): Reject {
  switch (reason) {
    case 'called-trap':
      return canisterError('IC0503', id, `Canister called \`ic0.trap\` with message: '${message}'`);
    case 'trapped':
      return canisterError('IC0502', id, `Canister trapped: ${message}`);
    case 'contract-violation':
      return canisterError('IC0504', id, `Canister violated contract: ${message}`);
    case 'out-of-memory':
      return canisterError('IC0539', id, message);
    case 'out-of-instructions':
      return canisterError(
        'IC0522',
        id,
        `Canister exceeded the limit of ${limit} instructions for single message execution.`,
      );
  }
}
