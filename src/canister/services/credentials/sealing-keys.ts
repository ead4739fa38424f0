import { ByteWriter, recordWriter, vecWriter } from '../../codec/index.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { type Recipient, withoutShared, writeRecipient } from '../../models/sealing/recipient.ts';
import { type SealingMode, sealingModes } from '../../models/sealing/sealing-mode.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { Epochs } from '../sealing/epochs.ts';
import { type Account, checkAccount } from './account.ts';

interface Answer {
  readonly sealing: SealingMode;
  readonly recipients: readonly Recipient[];
  readonly sessionRecipients: readonly Recipient[];
}

const writeRecipients = vecWriter(writeRecipient);

const writeAnswer = recordWriter<Answer>([
  ['sealing', (writer, { sealing }) => writer.u8(sealingModes.wireIndexOf(sealingModes.codeOf(sealing)))],
  ['recipients', (writer, { recipients }) => writeRecipients(writer, recipients)],
  ['session_recipients', (writer, { sessionRecipients }) => writeRecipients(writer, sessionRecipients)],
]);

/** Tells for whom secrets are sealed. */
export class SealingKeys {
  readonly #store: Store;
  readonly #epochs: Epochs;

  constructor(store: Store, epochs: Epochs) {
    this.#store = store;
    this.#epochs = epochs;
  }

  /** As the Candid record `SealingKeys`; also of a user and an account of whom nothing is stored yet. */
  of(args: Account, now: bigint): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const user = this.#store.users.numberOf(args.user_id.utf8);
    const typeCode = agentTypes.codeOf(args.agent_type);
    const place =
      user === undefined ? undefined : this.#store.credentials.find(user, typeCode, args.account?.utf8);
    const isPrivate = place?.stored?.isPrivate === true;
    const sessionRecipients = this.#epochs.recipients({ user, typeCode, isPrivate: false }, now);
    const recipients = isPrivate ? withoutShared(sessionRecipients) : sessionRecipients;
    const { sealing } = this.#store.settings.settings;
    const writer = new ByteWriter();
    writeAnswer(writer, { sealing, recipients, sessionRecipients });
    return writer.finish();
  }
}
