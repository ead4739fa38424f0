import { encodeUtf8, type Text } from '../../codec/index.ts';
import { invalidArgument, notFound, Refusal } from '../../models/agent-error.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { holdsSecrets } from '../../models/credentials/credential-state.ts';
import { recipientsOf } from '../../models/sealing/envelope.ts';
import { ENVELOPE_NAMES, type Recipient } from '../../models/sealing/recipient.ts';
import { decodeSession, isSessionOpen } from '../../models/sessions/session.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Access } from '../../policy/access/access.ts';
import type { Caller } from '../../policy/access/caller.ts';
import type { Derivations } from '../../policy/limits/derivations.ts';
import { quotaExceeded, roomInReserve } from '../../policy/limits/quotas.ts';
import { checkName, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { Subjects } from '../access/subjects.ts';
import type { ActivityService } from '../audit/activity-service.ts';
import type { Epochs } from '../sealing/epochs.ts';
import type { UserHeads } from '../user-heads.ts';
import { type Account, checkAccount, getAccount } from './account.ts';

/** What a key is asked for. */
export interface OpeningKeyRequest extends Account {
  readonly session_id: Text | undefined;
  readonly recipient: { readonly kind: Recipient['kind']; readonly epoch: bigint };
  readonly transport_public_key: Uint8Array;
}

interface OpeningKeyServiceParts {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly activities: ActivityService;
  readonly access: Access;
  readonly subjects: Subjects;
  readonly epochs: Epochs;
  readonly derivations: Derivations;
}

/** Bytes of a compressed point of G1. */
const TRANSPORT_KEY_BYTES = 48;

/** How the compressed point at infinity begins: with it, the key would come in clear. */
const INFINITY = 0b1100_0000;

const DERIVED = encodeUtf8('Opening key derived');

/** Decides who may have a key that opens sealed secrets: the rules are those of a lease. */
export class OpeningKeyService {
  readonly #parts: OpeningKeyServiceParts;

  constructor(parts: OpeningKeyServiceParts) {
    this.#parts = parts;
  }

  /**
   * Refuses whoever may not have the key, and leaves an entry of it before it is derived: nothing that goes wrong later hides that it was asked for. `balance`
   * are the cycles of the service, of which the derivation may take `cost`.
   */
  admit(args: OpeningKeyRequest, call: Caller, cycles: { readonly balance: bigint; readonly cost: bigint }) {
    const { store, heads, activities, derivations } = this.#parts;
    const { head, recipient } = this.check(args, call);
    heads.checkRoom(head, call, roomInReserve);
    const { derivation_reserve_cycles: reserve } = store.settings.serviceLimits;
    if (cycles.balance - cycles.cost < BigInt(reserve)) throw quotaExceeded('cycles', reserve);
    derivations.admit(call);
    const details = {
      ...(args.account && { account: args.account.value }),
      ...(args.session_id && { session_id: args.session_id.value }),
      recipient: ENVELOPE_NAMES[recipient.kind],
      epoch: recipient.epoch,
    };
    const event = {
      userId: args.user_id.utf8,
      agentType: args.agent_type,
      activityType: 'OpeningKeyDerived',
      description: DERIVED,
      metadata: encodeUtf8(JSON.stringify(details)),
    } as const;
    activities.record(head, event, call.principal, call.now);
    store.users.save(head);
  }

  /**
   * Throws a Refusal where the caller may not have the key: InvalidArgument, Unauthorized for who is no such recipient, NotFound where nothing that is stored
   * there is sealed for it. Asked before the derivation and after.
   */
  check(args: OpeningKeyRequest, call: Caller): { readonly head: UserHead; readonly recipient: Recipient } {
    const { heads, access, epochs, subjects } = this.#parts;
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    checkName('session_id', args.session_id);
    checkTransportKey(args.transport_public_key);
    const { kind } = args.recipient;
    if (!access.isRecipient(call, kind, subjects.ofUser(args))) throw unauthorized(kind);
    const head = heads.get(args.user_id);
    const recipient = { kind, epoch: Number(args.recipient.epoch) };
    const isFormer = kind === 'owner' && recipient.epoch !== epochs.owner(head.user);
    if (isFormer) {
      throw new Refusal({
        kind: 'Unauthorized',
        message: 'the secret was sealed for an earlier owner of the user_id; an agent can seal it anew',
      });
    }
    const secrets =
      args.session_id === undefined ? this.#ofAccount(args, kind) : this.#ofSession(args, head, call);
    if (!secrets.some((secret) => isSealedFor(secret, recipient))) throw notFound();
    return { head, recipient };
  }

  #ofAccount(args: OpeningKeyRequest, kind: Recipient['kind']): Uint8Array[] {
    const { stored } = getAccount(this.#parts, args);
    if (!holdsSecrets(stored)) throw notFound();
    if (stored.isPrivate && kind === 'agent_type') throw unauthorized(kind);
    const { token, tokenData } = stored.secrets;
    return tokenData === undefined ? [token] : [token, tokenData];
  }

  #ofSession(args: OpeningKeyRequest, head: UserHead, { now }: Caller): Uint8Array[] {
    const record = args.session_id && this.#parts.store.sessions.find(args.session_id);
    const isTheirs = record?.user === head.user && record.typeCode === agentTypes.codeOf(args.agent_type);
    if (record === undefined || !isTheirs || !isSessionOpen(record, now)) throw notFound();
    const { token } = decodeSession(record);
    return token === undefined ? [] : [token];
  }
}

function isSealedFor(secret: Uint8Array, { kind, epoch }: Recipient): boolean {
  return recipientsOf(secret)?.some((named) => named.kind === kind && named.epoch === epoch) === true;
}

function checkTransportKey(key: Uint8Array): void {
  const field = 'transport_public_key';
  if (key.length !== TRANSPORT_KEY_BYTES) {
    throw invalidArgument(field, `must be ${TRANSPORT_KEY_BYTES} bytes long, is ${key.length}`);
  }
  if (((key[0] ?? 0) & INFINITY) === INFINITY)
    throw invalidArgument(
      field,
      'must not be the point at infinity, with which the key would be sent in clear',
    );
}

function unauthorized(kind: Recipient['kind']): Refusal {
  return new Refusal({ kind: 'Unauthorized', message: WHO[kind] });
}

const WHO: Readonly<Record<Recipient['kind'], string>> = {
  owner: "only the user may have the owner's key: the caller's principal must be the user_id or linked to it",
  user: 'only agents for granted users that the user granted this agent type with credentials may have the key of user',
  agent_type:
    'only agents for every user, with credentials for this agent type, may have its key, and not for a private account',
};
