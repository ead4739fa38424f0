import type { Reject, RejectCode } from '../messages/outcome.ts';

/** Refuses a call of the management canister; becomes the call's reject. */
export class ManagementError extends Error {
  readonly reject: Reject;

  constructor(reject: Reject) {
    super(reject.message);
    this.name = 'ManagementError';
    this.reject = reject;
  }
}

/** Refuses with the replica's error code, whose hundreds digit is the reject code. */
export function refuse(errorCode: `IC0${RejectCode}${string}`, message: string): never {
  const code: Record<string, RejectCode> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6 };
  throw new ManagementError({ code: code[errorCode.charAt(3)] ?? 5, errorCode, message });
}
