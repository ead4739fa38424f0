import { utf8 } from '../codec/bytes.ts';
import {
  CANISTER_CREATION_FEE,
  callFeeOfSizes,
  computeFee,
  executionFee,
  httpRequestFee,
  idleCyclesPerDay,
  ingressFee,
  NODES,
  responseFee,
  SIGNATURE_FEES,
  storageFee,
} from './cycle-costs.ts';
import {
  type HttpOutcallUsage,
  httpOutcallBaseFee,
  httpOutcallQuote,
  httpOutcallUsageFee,
} from './http-outcall-fees.ts';

/** What a subnet charges by. */
export interface SubnetCostsOptions {
  /** How many nodes there are to pay for: 13 unless told. */
  readonly nodes?: bigint;
  /** Whether nothing is charged, as on system subnets and by the cost schedule "Free". */
  readonly isFree?: boolean;
  /** The most instructions that a response to a call may take. */
  readonly responseInstructions: bigint;
}

/** The fees of a subnet, in cycles ("Cycles cost schedule"): those of 13 nodes in proportion to how many it has. */
export class SubnetCosts {
  readonly isFree: boolean;
  readonly #nodes: bigint;
  readonly #responseInstructions: bigint;

  constructor({ nodes = NODES, isFree = false, responseInstructions }: SubnetCostsOptions) {
    this.isFree = isFree;
    this.#nodes = nodes;
    this.#responseInstructions = responseInstructions;
  }

  /** For creating a canister. */
  get creation(): bigint {
    return this.#scale(CANISTER_CREATION_FEE);
  }

  /** For receiving an ingress message. */
  ingress(methodName: string, arg: Uint8Array): bigint {
    return this.#scale(ingressFee(methodName, arg));
  }

  /** For sending a call to another canister. */
  call(methodName: string, arg: Uint8Array): bigint {
    return this.callOfSizes(BigInt(utf8(methodName).length), BigInt(arg.length));
  }

  /** As `call`, from sizes in bytes. */
  callOfSizes(nameSize: bigint, payloadSize: bigint): bigint {
    return this.#scale(callFeeOfSizes(nameSize, payloadSize));
  }

  /** For executing a message of so many instructions. */
  execution(instructions: bigint, memory64 = false): bigint {
    return this.#scale(executionFee(instructions, memory64));
  }

  /** For receiving the response to a call, by the bytes of its reply or reject message. */
  response(bytes: number): bigint {
    return this.#scale(responseFee(bytes));
  }

  /** Set aside with a call until its response has come, so that there are always cycles to receive and execute that. */
  responseReserve(memory64 = false): bigint {
    return this.response(Number.POSITIVE_INFINITY) + this.execution(this.#responseInstructions, memory64);
  }

  /** For an HTTP outcall by pricing version 1; sizes in bytes. */
  httpRequest(requestSize: bigint, maxResponseSize: bigint): bigint {
    return this.#unlessFree(httpRequestFee(requestSize, maxResponseSize, this.#nodes));
  }

  /** As `httpOutcallBaseFee`. */
  httpOutcallBase(requestBytes: bigint, isReplicated: boolean): bigint {
    return this.#unlessFree(httpOutcallBaseFee(requestBytes, isReplicated, this.#nodes));
  }

  /** As `httpOutcallUsageFee`. */
  httpOutcallUsage(usage: HttpOutcallUsage, isReplicated: boolean): bigint {
    return this.#unlessFree(httpOutcallUsageFee(usage, isReplicated, this.#nodes));
  }

  /** As `httpOutcallQuote`. */
  httpOutcallQuote(requestBytes: bigint, usage: HttpOutcallUsage, isReplicated: boolean): bigint {
    return this.#unlessFree(httpOutcallQuote(requestBytes, usage, isReplicated, this.#nodes));
  }

  /** For holding so many bytes for so many seconds. */
  storage(bytes: bigint, seconds: bigint): bigint {
    return this.#scale(storageFee(bytes, seconds));
  }

  /** For reserving so many percent of a core for so many seconds. */
  compute(percent: bigint, seconds: bigint): bigint {
    return this.#scale(computeFee(percent, seconds));
  }

  /** What a canister of so many bytes costs in a day while it does nothing; `computeAllocation` in percent. */
  idlePerDay(bytes: bigint, computeAllocation: bigint): bigint {
    return this.#scale(idleCyclesPerDay(bytes, computeAllocation));
  }

  /** For a threshold signature or key, by the name of the key; undefined for a key that there is not. */
  signature(keyName: string): bigint | undefined {
    const fee = SIGNATURE_FEES.get(keyName);
    return fee === undefined ? undefined : this.#unlessFree(fee);
  }

  #scale(fee: bigint): bigint {
    return this.#unlessFree((fee * this.#nodes) / NODES);
  }

  #unlessFree(fee: bigint): bigint {
    return this.isFree ? 0n : fee;
  }
}
