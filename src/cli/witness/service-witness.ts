import type { Principal } from '@dfinity/principal';
import {
  AgentServiceClient,
  downloadAuditLog,
  encodeAuditTip,
  isAuditTip,
  type SignedTip,
  verifyAuditLog,
} from '../../client/index.ts';
import { requireNetwork } from '../service/require-network.ts';
import { type CallerOptions, findIdentity, findService } from '../service/service-place.ts';
import { readTips, type Witness, type WitnessContent } from './witness.ts';

/** Of what kind the entries are, in which a service keeps tips of another. */
const ENTRY = { agentType: 'InFoundr', activityType: 'TaskCreated' } as const;

/** Where the witness is, and who writes there. */
export interface ServiceWitnessOptions extends CallerOptions {
  readonly canister: Principal;
  /** Under whose user_id the tips are. */
  readonly user: string;
}

/**
 * Another Agent Service: each tip is an entry of its log, in the metadata, and so chained and certified in its turn. It is read from that log, which
 * is verified first.
 */
export class ServiceWitness implements Witness {
  readonly name: string;
  readonly isNear = false;
  readonly #options: ServiceWitnessOptions;

  constructor(options: ServiceWitnessOptions) {
    this.name = `canister:${options.canister.toText()}`;
    this.#options = options;
  }

  async publish(tip: SignedTip): Promise<void> {
    const { client } = await this.#connect();
    await client.logActivity({
      userId: this.#options.user,
      ...ENTRY,
      description: `The log of ${tip.canisterId.toText()} at entry ${tip.index}`,
      metadata: encodeAuditTip(tip),
    });
  }

  async read(): Promise<WitnessContent> {
    const { client, rootKey } = await this.#connect();
    const log = await downloadAuditLog(client);
    await verifyAuditLog(log, { canisterId: client.canisterId, rootKey });
    const kept = new Map(
      log.entries.flatMap(({ index, content }) =>
        content?.metadata !== undefined && isAuditTip(content.metadata)
          ? [[Number(index), content.metadata] as const]
          : [],
      ),
    );
    const { tips, unreadable } = await readTips(kept.values());
    const places = [...kept.keys()];
    const placed = <T extends { readonly place: number }>(each: T): T => ({
      ...each,
      place: places[each.place - 1] ?? each.place,
    });
    return { tips: tips.map(placed), unreadable: unreadable.map(placed) };
  }

  async #connect() {
    const identity = await findIdentity(this.#options, 'agent');
    const place = findService(this.#options);
    await requireNetwork(place.host);
    return { client: await AgentServiceClient.create({ ...place, identity }), rootKey: place.rootKey };
  }
}
