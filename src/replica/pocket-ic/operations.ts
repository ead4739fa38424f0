import { equalBytes } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { WASM_PAGE_BYTES } from '../state/stable-pages.ts';
import { BadRequest } from './bad-request.ts';
import type { BlobStore } from './blob-store.ts';
import type { PocketIcInstance } from './instance.ts';
import { JsonFields, toBase64 } from './json-fields.ts';
import {
  decodeMessage,
  decodeOutcallResponse,
  decodeRequestId,
  encodeOutcall,
  encodeOutcome,
  encodeReject,
  encodeSubmitted,
  encodeTopology,
  type Json,
} from './wire.ts';

/** What an operation works on. */
export interface OperationContext {
  readonly instance: PocketIcInstance;
  readonly blobs: BlobStore;
  /** The request's body; a GET has none. */
  readonly body: unknown;
}

/** Answers a request of an instance; null says that it is done. A `BadRequest` says why it cannot be. */
export type Operation = (context: OperationContext) => Json | Promise<Json>;

const DONE = null;

function canisterOf({ instance, body }: OperationContext) {
  const id = new JsonFields(body).blob('canister_id');
  const found = instance.find(id);
  if (found === undefined)
    throw new BadRequest(`CanisterNotFound: there is no canister ${principalText(id)}`);
  return found;
}

const topology: Operation = ({ instance }) => encodeTopology(instance);

/** What is asked of an instance with GET, by the path below it. */
export const GET_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['_/topology', topology],
  ['read/topology', topology],
  ['read/get_time', ({ instance }) => ({ nanos_since_epoch: instance.now() })],
  [
    'read/get_canister_http',
    ({ instance }) =>
      instance.subnets.flatMap(({ subnet }) =>
        subnet.outcalls.map((outcall) => encodeOutcall(subnet.id, outcall)),
      ),
  ],
]);

/** What is asked of an instance with POST, by the path below it. */
export const POST_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'read/pub_key',
    ({ instance, body }) => [
      ...instance.requireSubnet(new JsonFields(body).blob('subnet_id')).keys.root.publicKeyDer,
    ],
  ],
  [
    'read/get_subnet',
    ({ instance, body }) => {
      const found = instance.find(new JsonFields(body).blob('canister_id'));
      return found === undefined ? null : { subnet_id: toBase64(found.home.subnet.id) };
    },
  ],
  [
    'read/get_controllers',
    (context) =>
      canisterOf(context).canister.settings.controllers.map((id) => ({ principal_id: toBase64(id) })),
  ],
  ['read/get_cycles', (context) => ({ cycles: canisterOf(context).canister.cycles })],
  [
    'read/get_stable_memory',
    (context) => {
      const memory = new StableMemory(canisterOf(context).canister.stable);
      const content = new Uint8Array(memory.bytes);
      memory.read(0, content);
      return { blob: toBase64(content) };
    },
  ],
  [
    'read/query',
    async ({ instance, body }) =>
      encodeOutcome(await instance.query(decodeMessage(new JsonFields(body))), false),
  ],
  ['read/ingress_status', ingressStatus],
  [
    'update/set_time',
    ({ instance, body }) => {
      instance.setTime(new JsonFields(body).natural('nanos_since_epoch'));
      return DONE;
    },
  ],
  [
    'update/set_certified_time',
    ({ instance, body }) => {
      instance.setCertifiedTime(new JsonFields(body).natural('nanos_since_epoch'));
      return DONE;
    },
  ],
  [
    'update/tick',
    ({ instance }) => {
      instance.tick();
      return DONE;
    },
  ],
  [
    'update/add_cycles',
    (context) => {
      const { canister, home } = canisterOf(context);
      canister.cycles += new JsonFields(context.body).natural('amount');
      home.subnet.changed(canister);
      return { cycles: canister.cycles };
    },
  ],
  ['update/set_stable_memory', setStableMemory],
  [
    'update/submit_ingress_message',
    async ({ instance, body }) => {
      const submitted = await instance.submit(decodeMessage(new JsonFields(body)));
      return 'requestId' in submitted ? { Ok: encodeSubmitted(submitted) } : encodeReject(submitted, false);
    },
  ],
  [
    'update/await_ingress_message',
    async ({ instance, body }) =>
      encodeOutcome(await instance.outcome(decodeRequestId(new JsonFields(body))), true),
  ],
  ['update/mock_canister_http', mockOutcall],
]);

function ingressStatus({ instance, body }: OperationContext): Json {
  const fields = new JsonFields(body);
  const known = instance.statusOf(decodeRequestId(fields.fields('raw_message_id')));
  if (known === undefined) return null;
  const caller = fields.has('raw_caller') ? fields.blob('raw_caller') : undefined;
  if (caller !== undefined && !equalBytes(caller, known.sender)) {
    throw new BadRequest('Forbidden: the status of a message is for its sender only', 403);
  }
  const { status } = known;
  const answered = status?.kind === 'replied' || status?.kind === 'rejected';
  return answered ? encodeOutcome(status, true) : null;
}

function setStableMemory(context: OperationContext): Json {
  const { canister, home } = canisterOf(context);
  const content = context.blobs.content(new JsonFields(context.body).blob('blob_id'));
  const memory = new StableMemory(canister.stable);
  memory.clear();
  if (memory.grow(Math.ceil(content.length / WASM_PAGE_BYTES)) < 0) {
    throw new BadRequest(`The blob has ${content.length} bytes, which is more than stable memory may have`);
  }
  memory.write(0, content);
  memory.commit();
  home.subnet.changed(canister);
  return DONE;
}

function mockOutcall({ instance, body }: OperationContext): Json {
  const fields = new JsonFields(body);
  const { subnet } = instance.requireSubnet(fields.fields('subnet_id').blob('subnet_id'));
  if (fields.has('additional_responses') && fields.list('additional_responses').length > 0) {
    throw new BadRequest('additional_responses is not supported here: a subnet has one node');
  }
  const id = fields.natural('request_id');
  if (!subnet.answerOutcall(id, decodeOutcallResponse(fields.fields('response')))) {
    throw new BadRequest(`InvalidCanisterHttpRequestId: no outcall ${id} of the subnet waits for a response`);
  }
  return DONE;
}
