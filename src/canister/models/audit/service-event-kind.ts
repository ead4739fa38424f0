import { SERVICE_EVENTS } from '../../../candid/audit-codes.ts';
import { codedEnumeration } from '../coded-enumeration.ts';

/** What an entry of the audit log about the service itself tells. */
export const serviceEventKinds = codedEnumeration(SERVICE_EVENTS);

export type ServiceEventKind = (typeof serviceEventKinds.names)[number];
