import type { Text } from '../../codec/index.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import {
  type ServiceLimitName,
  type SomeServiceLimits,
  serviceLimits,
} from '../../models/settings/service-limits.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkLength, checkRange, checkSome, checkText } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ServiceLog } from '../audit/service-log.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';

/** A limit of the service as an admin sees it: what holds, and what it may be set to. */
export interface ServiceLimit {
  readonly name: ServiceLimitName;
  readonly value: number;
  readonly byDefault: number;
  readonly least: number;
  readonly most: number;
  readonly isSet: boolean;
}

interface Change {
  readonly name: Text;
  /** Undefined goes back to the default. */
  readonly value: bigint | undefined;
}

/** The limits of the service as a whole, which admins set by name. */
export class ServiceLimitService {
  readonly #store: Store;
  readonly #schedule: ExpirySchedule;
  readonly #log: ServiceLog;

  constructor(store: Store, schedule: ExpirySchedule, log: ServiceLog) {
    this.#store = store;
    this.#schedule = schedule;
    this.#log = log;
  }

  list(): ServiceLimit[] {
    const { settings } = this.#store;
    const set = settings.setServiceLimits;
    return serviceLimits.names.map((name) => ({
      name,
      value: settings.serviceLimits[name],
      ...serviceLimits.rangeOf(name),
      isSet: set[name] !== undefined,
    }));
  }

  /** Makes all changes, or none and throws InvalidArgument: an unknown name, one that comes twice, a value out of its range. */
  update({ changes }: { readonly changes: readonly Change[] }, call: Caller): void {
    checkSome('changes', changes);
    checkLength('changes', changes, serviceLimits.names.length);
    const changed = new Map(changes.map(({ name, value }) => checked(name, value)));
    if (changed.size < changes.length) throw invalidArgument('changes', 'must name each limit once');
    const before = this.#store.settings.setServiceLimits;
    const valueOf = (name: ServiceLimitName) => (changed.has(name) ? changed.get(name) : before[name]);
    const after: SomeServiceLimits = serviceLimits.each(valueOf);
    this.#store.settings.saveServiceLimits(after);
    const event = {
      kind: 'SettingsChanged',
      description: 'Service limits changed',
      metadata: after,
    } as const;
    this.#log.record(event, call.principal, call.now);
    // A shorter time may be over for what is stored.
    this.#schedule.note(call.now, call.now);
  }
}

function checked(name: Text, value: bigint | undefined): [ServiceLimitName, number | undefined] {
  checkText('name', name, LIMITS.nameBytes);
  const known = serviceLimits.names.find((each) => each === name.value);
  if (known === undefined) {
    const names = serviceLimits.names.join(', ');
    throw invalidArgument('name', `must be one of ${names}; there is no limit ${JSON.stringify(name.value)}`);
  }
  return [known, checkRange(known, value, serviceLimits.rangeOf(known))];
}
