import { call, canisterCycleBalance } from 'azle';
import {
  ArgumentDecoder,
  ByteWriter,
  blob,
  type CandidType,
  encodeHeader,
  encodeUtf8,
  record,
  recordType,
  recordWriter,
  TypeCode,
  text,
  variantType,
} from '../../codec/index.ts';
import { invalidArgument, Refusal } from '../../models/agent-error.ts';
import { derivationInput } from '../../models/sealing/derivation-input.ts';
import type { OpeningKeyRequest } from '../../services/credentials/opening-key-service.ts';

const MANAGEMENT = 'aaaaa-aa';

/**
 * The master key: that of the Internet Computer under this name, and on local networks the one that those have under it. Clients compute the public key from
 * the master key of the network that they verified.
 */
const KEY_NAME = encodeUtf8('key_1');

/** What `vetkd_derive_key` takes with that key; what is attached beyond its price comes back. */
const COST = 26_153_846_154n;

/** The same as in src/client/sealing/sealing-key.ts and in Python: keys of this context open sealed secrets alone. */
const CONTEXT = encodeUtf8('agent-service sealing 1');

interface DeriveKeyArgs {
  readonly input: Uint8Array;
  readonly transportPublicKey: Uint8Array;
}

const KEY_ID: CandidType = recordType({
  curve: variantType({ bls12_381_g2: { code: TypeCode.null } }),
  name: text.type,
});

const HEADER = encodeHeader([
  recordType({ input: blob.type, context: blob.type, transport_public_key: blob.type, key_id: KEY_ID }),
]);

/** Of the one curve that there is, the option has the number 0. */
const writeKeyId = recordWriter<undefined>([
  ['curve', (writer) => writer.leb128(0)],
  ['name', (writer) => writer.text(KEY_NAME)],
]);

const writeArgs = recordWriter<DeriveKeyArgs>([
  ['input', (writer, { input }) => writer.text(input)],
  ['context', (writer) => writer.text(CONTEXT)],
  ['transport_public_key', (writer, { transportPublicKey }) => writer.text(transportPublicKey)],
  ['key_id', (writer) => writeKeyId(writer, undefined)],
]);

const decoder = new ArgumentDecoder({ result: record({ encrypted_key: blob }) });

/** The cycles that the service has, and those that a derivation may take. */
export function derivationCycles(): { readonly balance: bigint; readonly cost: bigint } {
  return { balance: canisterCycleBalance(), cost: COST };
}

/** Has the network derive the key of a recipient ("IC method vetkd_derive_key"), as 192 bytes. Other calls may run before it comes. */
export async function derivedKey(request: OpeningKeyRequest): Promise<Uint8Array> {
  const writer = new ByteWriter(512).raw(HEADER);
  writeArgs(writer, {
    input: derivationInput({
      ...request.recipient,
      userId: request.user_id.utf8,
      agentType: request.agent_type,
    }),
    transportPublicKey: request.transport_public_key,
  });
  const options = { args: writer.finish(), cycles: COST, raw: true } as const;
  try {
    const reply = await call<Uint8Array, Uint8Array>(MANAGEMENT, 'vetkd_derive_key', options);
    return decoder.decode(reply).result.encrypted_key;
  } catch (error) {
    throw refusalOf(error);
  }
}

/** `CANISTER_REJECT`: the management canister refuses an argument, and all but the transport key are the service's. */
const REFUSED = 4;

/** Why the network derived no key; what was attached comes back then. What is no failed call is thrown on. */
function refusalOf(error: unknown): unknown {
  const { type, rejectCode, rejectMessage } = Object(error) as Partial<CallFailure>;
  if (type === undefined) return error;
  const why = rejectMessage === undefined ? type : `${rejectMessage} (reject code ${rejectCode})`;
  return rejectCode === REFUSED
    ? invalidArgument('transport_public_key', `was refused by the network: ${why}`)
    : new Refusal({ kind: 'Conflict', message: `the network derived no key: ${why}; ask again` });
}

/** What Azle throws for a call that failed. */
interface CallFailure {
  readonly type: string;
  readonly rejectCode: number;
  readonly rejectMessage: string;
}
