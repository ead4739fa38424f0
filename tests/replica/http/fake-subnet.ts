import type { CertifiedState } from '../../../src/replica/certification/certified-state.ts';
import { toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import type { IngressMessage, Message } from '../../../src/replica/messages/message.ts';
import type { Outcome, Reject } from '../../../src/replica/messages/outcome.ts';
import type { Subnet } from '../../../src/replica/subnet/subnet.ts';

const REFUSED: Reject = { code: 4, message: 'inspect_message refused', errorCode: 'IC0406' };
const TRAPPED: Reject = { code: 5, message: 'the canister trapped', errorCode: 'IC0503' };

/**
 * A subnet of one canister whose methods are named after what they do: `refuse` fails the pre-checks, `trap` is
 * rejected, `hang` never ends, `fault` is a fault of the network; every other method replies with its argument.
 */
export class FakeSubnet implements Subnet {
  readonly id: Uint8Array;
  readonly ran: IngressMessage[] = [];
  readonly #state: CertifiedState;
  readonly #owner: Uint8Array;

  constructor(id: Uint8Array, state: CertifiedState, owner: Uint8Array) {
    this.id = id;
    this.#state = state;
    this.#owner = owner;
  }

  now(): bigint {
    return BigInt(Date.now()) * 1_000_000n;
  }

  async submit(call: IngressMessage): Promise<Reject | undefined> {
    if (call.methodName === 'refuse') return REFUSED;
    this.ran.push(call);
    this.#state.setTime(this.now());
    this.#state.setRequestStatus(
      call.requestId,
      call.methodName === 'hang' ? { kind: 'processing' } : this.#outcomeOf(call),
    );
    return undefined;
  }

  outcome(requestId: Uint8Array): Promise<Outcome> {
    const call = this.#find(requestId);
    if (call === undefined) return Promise.reject(new Error('no such request'));
    return call.methodName === 'hang' ? new Promise(() => {}) : Promise.resolve(this.#outcomeOf(call));
  }

  async query(message: Message): Promise<Outcome> {
    this.#state.setTime(this.now());
    return this.#outcomeOf(message);
  }

  requester(requestId: Uint8Array): { sender: Uint8Array; effectiveCanisterId: Uint8Array } | undefined {
    return this.#find(requestId);
  }

  controllers(): readonly Uint8Array[] {
    return [this.#owner];
  }

  isPrivateMetadata(_canisterId: Uint8Array, name: string): boolean {
    return name === 'secret';
  }

  #find(requestId: Uint8Array): IngressMessage | undefined {
    return this.ran.find((call) => toHex(call.requestId) === toHex(requestId));
  }

  #outcomeOf({ methodName, arg }: Message): Outcome {
    if (methodName === 'fault') throw new Error('the machine under the network broke');
    return methodName === 'trap'
      ? { kind: 'rejected', reject: TRAPPED }
      : { kind: 'replied', reply: arg.length === 0 ? utf8(methodName) : arg };
  }
}
