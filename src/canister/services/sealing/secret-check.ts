import type { Text } from '../../codec/index.ts';
import { invalidArgument, Refusal } from '../../models/agent-error.ts';
import {
  type Envelope,
  isSealed,
  readEnvelope,
  type SecretField,
  sameRecipients,
} from '../../models/sealing/envelope.ts';
import { recipientsText } from '../../models/sealing/recipient.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkJson, checkText } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { Epochs, SealedPlace } from './epochs.ts';

/** How many bytes a secret may have. */
const LONGEST: Readonly<Record<SecretField, number>> = {
  token: LIMITS.tokenBytes,
  token_data: LIMITS.jsonBytes,
  session_token: LIMITS.tokenBytes,
};

/** What is checked of a secret that a caller sends. */
export interface CheckedSecret {
  /** The name of the argument. */
  readonly argument: string;
  /** Undefined where it is in clear, or left out. */
  readonly envelope: Envelope | undefined;
}

/** Checks the secrets that callers send: those in clear as ever, sealed ones for their form, their length and whom they are for. */
export class SecretCheck {
  readonly #store: Store;
  readonly #epochs: Epochs;

  constructor(store: Store, epochs: Epochs) {
    this.#store = store;
    this.#epochs = epochs;
  }

  /** What can be said of a secret alone; throws InvalidArgument. */
  form(field: SecretField, argument: string, secret: Text | undefined): CheckedSecret {
    if (secret === undefined) return { argument, envelope: undefined };
    if (isSealed(secret.utf8)) return { argument, envelope: sealedForm(field, argument, secret) };
    if (field === 'token_data') checkJson(argument, secret);
    else checkText(argument, secret, LONGEST[field]);
    if (this.#store.settings.settings.sealing === 'require') {
      throw invalidArgument(
        argument,
        'must be sealed: this service takes no secret in clear. The clients of this service seal by themselves; with others, agent_service.sealing does',
      );
    }
    return { argument, envelope: undefined };
  }

  /** Throws Conflict, with the recipients of today, where one is sealed for others. */
  recipients(secrets: readonly CheckedSecret[], place: SealedPlace, now: bigint): void {
    const sealed = secrets.flatMap(({ argument, envelope }) =>
      envelope === undefined ? [] : [{ argument, envelope }],
    );
    if (sealed.length === 0) return;
    const recipients = this.#epochs.recipients(place, now);
    for (const { argument, envelope } of sealed) {
      if (sameRecipients(envelope.recipients, recipients)) continue;
      throw new Refusal({
        kind: 'Conflict',
        message: `${argument} is sealed for ${recipientsText(envelope.recipients)}, and has to be for ${recipientsText(recipients)}: nothing was stored; seal it again`,
      });
    }
  }
}

/** A sealed secret of a form and length that is taken for the field; throws InvalidArgument. */
export function sealedForm(field: SecretField, argument: string, secret: Text): Envelope {
  const envelope = readEnvelope(secret.utf8);
  if (envelope === undefined)
    throw invalidArgument(argument, 'is marked as sealed, and is not of the form of a sealed secret');
  if (envelope.field !== field) {
    throw invalidArgument(argument, `must be sealed as ${field}, is sealed as ${envelope.field}`);
  }
  const { secretLength } = envelope;
  const longest = LONGEST[field];
  if (secretLength < 1 || secretLength > longest) {
    throw invalidArgument(argument, `must have 1 to ${longest} bytes that are sealed, has ${secretLength}`);
  }
  return envelope;
}
