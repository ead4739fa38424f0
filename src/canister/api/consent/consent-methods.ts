import { query, update } from 'azle';
import { CandidError } from '../../codec/index.ts';
import { Refusal } from '../../models/agent-error.ts';
import type { ConsentMessage } from '../../services/consent/consent-message.ts';
import { anybody } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { methods } from '../method.ts';
import { standardsReply } from '../replies.ts';
import { type ConsentError, consentReply, consentRequest } from './consent-candid.ts';

const STANDARDS = [
  { name: 'ICRC-10', url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-10/ICRC-10.md' },
  { name: 'ICRC-21', url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-21/ICRC-21.md' },
];

const supportedStandards = endpoint({
  name: 'icrc10_supported_standards',
  access: anybody,
  args: {},
  reply: standardsReply(),
  run: () => STANDARDS,
});

const consentMessage = endpoint({
  name: 'icrc21_canister_call_consent_message',
  access: anybody,
  share: 'consents',
  args: { request: consentRequest },
  reply: consentReply(),
  run({ request: { method, arg, user_preferences } }) {
    const message = messageFor(method.value, arg);
    if ('kind' in message) return message;
    const { metadata, device_spec = 'GenericDisplay' } = user_preferences;
    return { message, display: device_spec, offsetMinutes: metadata.utc_offset_minutes ?? 0 };
  },
});

/** What is told is true of the arguments alone: when they are signed and sent, what is stored may be another. */
function messageFor(name: string, arg: Uint8Array): ConsentMessage | ConsentError {
  const method = methods.get(name);
  if (method === undefined) return unsupported(`the service has no method ${name}`);
  try {
    const message = method.consentTo(arg);
    if (message !== undefined) return message;
    return { kind: 'ConsentMessageUnavailable', description: `${name} is not for users to sign` };
  } catch (error) {
    if (error instanceof CandidError || error instanceof Refusal) return unsupported(error.message);
    throw error;
  }
}

function unsupported(description: string): ConsentError {
  return { kind: 'UnsupportedCanisterCall', description };
}

export class ConsentMethods {
  @query(...supportedStandards.signature)
  icrc10_supported_standards(): void {
    supportedStandards.serve();
  }

  @update(...consentMessage.signature)
  icrc21_canister_call_consent_message(): void {
    consentMessage.serve();
  }
}
