import { query, update } from 'azle';
import { ByteWriter, blob, bool, nat32, opt, record, strictOpt, text } from '../../codec/index.ts';
import { ofFilteredUser, ofRequest, ofSessionOfRequest } from '../access-rules.ts';
import { awaitingEndpoint, endpoint } from '../endpoint.ts';
import {
  agentType,
  openingKey,
  sealingKeysRecord,
  sealingRecipient,
  secretReplacement,
  unsealedSecrets,
} from '../interface-types.ts';
import { pageResult, recordResult, unitResult } from '../replies.ts';
import { blocks, credentials, openingKeys, resealing, sealingKeys, unsealed } from '../services.ts';
import { derivationCycles, derivedKey } from './derived-key.ts';

/** An account that cannot be read refuses the call: left out, it would mean the default one. */
const account = { user_id: text, agent_type: agentType, account: strictOpt(text) };

const getSealingKeys = endpoint({
  name: 'get_sealing_keys',
  access: ofRequest('seal'),
  args: { request: record(account) },
  reply: recordResult(sealingKeysRecord),
  run: (args, call) => sealingKeys.of(args.request, call.now),
});

const deriveOpeningKey = awaitingEndpoint({
  name: 'derive_opening_key',
  access: ofRequest('lease'),
  args: {
    request: record({
      ...account,
      session_id: strictOpt(text),
      recipient: sealingRecipient,
      transport_public_key: blob,
    }),
  },
  reply: recordResult(openingKey),
  before: (args, call) => openingKeys.admit(args.request, call, derivationCycles()),
  ask: (args) => derivedKey(args.request),
  run(args, call, encryptedKey) {
    openingKeys.check(args.request, call);
    return new ByteWriter().text(encryptedKey).finish();
  },
});

const resealCredentials = endpoint({
  name: 'reseal_credentials',
  access: ofRequest('reseal'),
  args: {
    request: record({
      ...account,
      new_token: strictOpt(secretReplacement),
      new_token_data: strictOpt(secretReplacement),
    }),
  },
  reply: unitResult(),
  run: (args, call, rights) => resealing.credentials(args.request, call, rights),
});

const resealSession = endpoint({
  name: 'reseal_session',
  access: ofSessionOfRequest('reseal'),
  args: { request: record({ session_id: text, new_token: secretReplacement }) },
  reply: unitResult(),
  run: (args, call, rights) => resealing.session(args.request, call, rights),
});

const listUnsealedSecrets = endpoint({
  name: 'list_unsealed_secrets',
  access: ofFilteredUser,
  args: {
    request: record({
      filter: strictOpt(record({ user_id: text, agent_type: strictOpt(agentType) })),
      limit: opt(nat32),
      cursor: opt(text),
    }),
  },
  reply: pageResult(unsealedSecrets),
  run: (args, call, rights) =>
    unsealed.page(args.request, call, { rights, isBlockedBy: blocks.blockersOf(call.principal) }),
});

const setAccountPrivacy = endpoint({
  name: 'set_account_privacy',
  access: ofRequest('own'),
  args: { request: record({ ...account, is_private: bool }) },
  reply: unitResult(),
  run: (args, call) => credentials.setPrivacy(args.request, call),
});

/** Secrets that are sealed: for whom, who may open them, and what is not sealed yet. */
export class SealingMethods {
  @query(...getSealingKeys.signature)
  get_sealing_keys(): void {
    getSealingKeys.serve();
  }

  @update(...deriveOpeningKey.signature)
  derive_opening_key(): Promise<void> {
    return deriveOpeningKey.serve();
  }

  @update(...resealCredentials.signature)
  reseal_credentials(): void {
    resealCredentials.serve();
  }

  @update(...resealSession.signature)
  reseal_session(): void {
    resealSession.serve();
  }

  @query(...listUnsealedSecrets.signature)
  list_unsealed_secrets(): void {
    listUnsealedSecrets.serve();
  }

  @update(...setAccountPrivacy.signature)
  set_account_privacy(): void {
    setAccountPrivacy.serve();
  }
}
