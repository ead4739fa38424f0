import { Principal } from '@dfinity/principal';
import { equalBytes } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { targetOf } from '../management/target.ts';
import type { Subnet } from '../subnet/subnet.ts';
import type { CallContent } from './authentication/content.ts';
import { Refusal } from './refusal.ts';

/** Where the URL says a request goes: to a canister, or to the subnet. */
export interface EffectiveDestination {
  readonly kind: 'canister' | 'subnet';
  readonly id: Uint8Array;
}

const MANAGEMENT_CANISTER = new Uint8Array();
const CREATION: ReadonlySet<string> = new Set(['create_canister', 'provisional_create_canister_with_cycles']);
const LISTING = 'list_canisters';

/** Reads an id of the URL. Refuses what is not the text of a principal. */
export function parseDestination(kind: EffectiveDestination['kind'], text: string): EffectiveDestination {
  return { kind, id: parsePrincipal(text) };
}

/** Refuses a destination that is another subnet than the one that would answer. */
export function requireServed({ kind, id }: EffectiveDestination, subnet: Subnet): void {
  if (kind === 'subnet' && !equalBytes(id, subnet.id)) {
    throw new Refusal('destination', `This network has no subnet ${principalText(id)}`);
  }
}

function parsePrincipal(text: string): Uint8Array {
  try {
    return Principal.fromText(text).toUint8Array();
  } catch (cause) {
    throw new Refusal('malformed', `The URL's "${text}" is not a principal`, { cause });
  }
}

/** Refuses a call or query whose URL names another destination than its content ("Effective canister id"). */
export function checkDestination(content: CallContent, destination: EffectiveDestination): void {
  const management = equalBytes(content.canisterId, MANAGEMENT_CANISTER);
  const free =
    management &&
    (content.requestType === 'call' ? CREATION.has(content.methodName) : content.methodName === LISTING);
  if (free) return;
  if (destination.kind === 'subnet') {
    throw new Refusal(
      'destination',
      content.requestType === 'call'
        ? 'Only calls that create canisters go to a subnet'
        : `Only ${LISTING} of the management canister is queried at a subnet`,
    );
  }
  const target = management ? managementTarget(content) : content.canisterId;
  if (!equalBytes(target, destination.id)) {
    throw new Refusal(
      'destination',
      `The URL's canister is ${Principal.fromUint8Array(destination.id).toText()}, the request is for ${Principal.fromUint8Array(target).toText()}`,
    );
  }
}

/** The canister that the argument of a call of the management canister is about. */
function managementTarget({ methodName, arg }: CallContent): Uint8Array {
  const target = targetOf(methodName, arg);
  if (target === undefined) {
    throw new Refusal('destination', `The argument of ${methodName} does not say which canister it is about`);
  }
  return target;
}
