import { equalBytes } from '../codec/bytes.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { BadRequest } from './bad-request.ts';
import type { BlobStore } from './blob-store.ts';
import type { PocketIcInstance } from './instance.ts';
import type { FoundCanister } from './instance-subnets.ts';
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

function canisterOf({ instance, body }: OperationContext): FoundCanister {
  return instance.subnets.requireCanister(new JsonFields(body).blob('canister_id'));
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
      instance.subnets.list.flatMap(({ subnet }) =>
        subnet.outcalls.map((outcall) => encodeOutcall(subnet.id, outcall)),
      ),
  ],
]);

/** What is asked of an instance with POST, by the path below it. */
export const POST_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'read/pub_key',
    ({ instance, body }) => [
      ...instance.subnets.require(new JsonFields(body).blob('subnet_id')).keys.root.publicKeyDer,
    ],
  ],
  [
    'read/get_subnet',
    ({ instance, body }) => {
      const id = new JsonFields(body).blob('canister_id');
      const home = instance.subnets.of(id);
      return home?.subnet.hasCanister(id) === true ? { subnet_id: toBase64(home.subnet.id) } : null;
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
    ({ instance, body }) => {
      const fields = new JsonFields(body);
      return { cycles: instance.addCycles(fields.blob('canister_id'), fields.natural('amount')) };
    },
  ],
  [
    'update/set_stable_memory',
    (context) => {
      const { canister } = canisterOf(context);
      const { instance, blobs, body } = context;
      instance.setStableMemory(canister.id, blobs.content(new JsonFields(body).blob('blob_id')));
      return DONE;
    },
  ],
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

function mockOutcall({ instance, body }: OperationContext): Json {
  const fields = new JsonFields(body);
  if (fields.has('additional_responses') && fields.list('additional_responses').length > 0) {
    throw new BadRequest('additional_responses is not supported here: a subnet has one node');
  }
  const subnetId = fields.fields('subnet_id').blob('subnet_id');
  const response = decodeOutcallResponse(fields.fields('response'));
  instance.answerOutcall(subnetId, fields.natural('request_id'), response);
  return DONE;
}
