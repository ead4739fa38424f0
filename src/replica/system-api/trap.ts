/** Why an execution ended early, as the replica's error codes tell it apart. */
export type TrapReason =
  | 'called-trap'
  | 'trapped'
  | 'contract-violation'
  | 'out-of-instructions'
  | 'out-of-memory';

/** Ends the execution of a canister's code; all that it changed is undone. Thrown by host functions through Wasm. */
export class Trap extends Error {
  readonly reason: TrapReason;

  /** `message` is for the canister's developer. */
  constructor(reason: TrapReason, message: string) {
    super(message);
    this.name = 'Trap';
    this.reason = reason;
  }
}

/** Traps because the canister used the System API in a way that it does not allow. */
export function violateContract(message: string): never {
  throw new Trap('contract-violation', message);
}
