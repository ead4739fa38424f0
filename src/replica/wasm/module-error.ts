/**
 * Why a module was refused: `too-large` and `bad-gzip` before it is read, `malformed` when its bytes are no module,
 * `unsupported` for a feature that the Internet Computer does not run, `memory64-unsupported` when this machine's
 * engine is too old for a 64-bit memory, `rule` for a module that breaks the Internet Computer's own rules, and
 * `invalid` when the engine's validation fails.
 */
export type ModuleErrorCode =
  | 'too-large'
  | 'bad-gzip'
  | 'malformed'
  | 'unsupported'
  | 'memory64-unsupported'
  | 'rule'
  | 'invalid';

/** A module that cannot be installed. The message is a sentence for the person who uploaded it. */
export class ModuleError extends Error {
  readonly code: ModuleErrorCode;

  constructor(code: ModuleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModuleError';
    this.code = code;
  }
}

/** Refuses a module that breaks a rule of the Internet Computer; `reason` continues the sentence. */
export function refuseModule(reason: string): never {
  throw new ModuleError('rule', `The module cannot be a canister's: ${reason}.`);
}
