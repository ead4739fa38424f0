import { decodeUtf8, encodeUtf8 } from '../../codec/index.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { holdsSecrets } from '../../models/credentials/credential-state.ts';
import { type Credentials, stateRecordOf } from '../../models/credentials/credentials.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { CredentialPlace } from '../../storage/credentials/credential-store.ts';
import type { Store } from '../../storage/store.ts';
import type { ActivityService } from '../audit/activity-service.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';

/** What happened to credentials, and what its activity says beside the account; never a secret. */
export interface CredentialEvent {
  readonly activityType: ActivityType;
  readonly description: Uint8Array;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** Whose credentials, and which. */
type CredentialName = Pick<Credentials, 'userId' | 'agentType' | 'account'>;

/** By whom, and when (ns). */
interface Cause {
  readonly principal: Uint8Array;
  readonly now: bigint;
}

/** The last step of every change of credentials: the record, what the user's head says of it, the activity, and the time at which it expires. */
export class CredentialWriter {
  readonly #store: Store;
  readonly #activities: ActivityService;
  readonly #schedule: ExpirySchedule;

  constructor(store: Store, activities: ActivityService, schedule: ExpirySchedule) {
    this.#store = store;
    this.#activities = activities;
    this.#schedule = schedule;
  }

  /** Without an event, where nothing changes that did not follow from the time before. */
  write(
    head: UserHead,
    change: {
      readonly place: CredentialPlace;
      readonly after: Credentials;
      readonly events: readonly CredentialEvent[];
    },
    cause: Cause,
  ): void {
    const { place, after, events } = change;
    const { stored } = place;
    const hadSecrets = stored !== undefined && holdsSecrets(stored);
    const hadToken = stored?.hasToken === true;
    const expiresAt = stored?.expiresAt;
    head.addStoredBytes(this.#store.credentials.put(place, after));
    const hasSecrets = holdsSecrets(after);
    head.credentials += Number(hasSecrets) - Number(hadSecrets);
    const typeCode = agentTypes.codeOf(after.agentType);
    head.setConnected(typeCode, hasSecrets || this.#hasOther(head, typeCode));
    for (const event of events) this.#add(head, after, event, cause);
    this.#store.users.save(head);
    if (!hasSecrets || after.expiresAt === undefined) return;
    const { hasToken } = stateRecordOf(after);
    if (after.expiresAt === expiresAt && hasToken === hadToken) return;
    const grantNs = hasToken ? 0n : this.#store.settings.grantNs;
    this.#schedule.note(after.expiresAt + grantNs, cause.now);
  }

  /** Adds the activity alone, for what changes nothing. */
  tell(head: UserHead, about: CredentialName, event: CredentialEvent, cause: Cause): void {
    this.#add(head, about, event, cause);
    this.#store.users.save(head);
  }

  #add(head: UserHead, about: CredentialName, event: CredentialEvent, cause: Cause): void {
    const { userId, agentType, account } = about;
    const { details, ...happened } = event;
    const metadata = metadataOf(account, details);
    this.#activities.record(head, { ...happened, userId, agentType, metadata }, cause.principal, cause.now);
  }

  #hasOther(head: UserHead, typeCode: number): boolean {
    return this.#store.credentials.accounts(head.user, typeCode).some(holdsSecrets);
  }
}

/** JSON that names the account, unless it is the default one, and whatever else there is to tell; undefined for nothing. */
function metadataOf(
  account: Uint8Array | undefined,
  details: CredentialEvent['details'],
): Uint8Array | undefined {
  if (account === undefined && details === undefined) return undefined;
  const named = account === undefined ? {} : { account: decodeUtf8(account) };
  return encodeUtf8(JSON.stringify({ ...named, ...details }));
}
