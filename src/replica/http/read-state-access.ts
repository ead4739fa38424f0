import { equalBytes } from '../codec/bytes.ts';
import type { Subnet } from '../subnet/subnet.ts';
import type { ReadStateContent } from './authentication/content.ts';
import type { EffectiveDestination } from './effective-destination.ts';
import { Refusal } from './refusal.ts';

type Path = readonly Uint8Array[];

/** Who reads, and where. */
interface Reader {
  readonly subnet: Subnet;
  readonly sender: Uint8Array;
  readonly destination: EffectiveDestination;
}

const REQUEST_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'reply',
  'reject_code',
  'reject_message',
  'error_code',
]);
const CANISTER_FIELDS: ReadonlySet<string> = new Set([
  'module_hash',
  'controllers',
  'canister_creation_timestamp',
  'last_install_timestamp',
]);
const SUBNET_FIELDS: ReadonlySet<string> = new Set([
  'public_key',
  'type',
  'canister_ranges',
  'metrics',
  'node',
]);
const BOUNDARY_NODE_FIELDS: ReadonlySet<string> = new Set(['domain', 'ipv4_address', 'ipv6_address']);

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Refuses a read_state request with a path that its sender may not read, or that none may ("Request: Read state"). */
export function checkReadAccess(
  { paths, sender }: ReadStateContent,
  subnet: Subnet,
  destination: EffectiveDestination,
): void {
  for (const path of paths) checkPath(path, { subnet, sender, destination });
  for (const prefix of ['request_status', 'canister_ranges']) {
    const [first, ...others] = paths.filter(([label]) => label !== undefined && text(label) === prefix);
    if (others.some((path) => !equalBytes(path[1] ?? new Uint8Array(), first?.[1] ?? new Uint8Array()))) {
      throw new Refusal('malformed', `The paths of one request read one /${prefix} only`);
    }
  }
}

function checkPath(path: Path, reader: Reader): void {
  const [prefix, ...rest] = path;
  switch (prefix && text(prefix)) {
    case 'time':
      return expectForm(rest.length === 0, path);
    case 'api_boundary_nodes':
      return expectForm(rest.length < 2 || isField(rest.slice(1), BOUNDARY_NODE_FIELDS), path);
    case 'subnet':
      return checkSubnetPath(rest, path, reader);
    case 'canister_ranges':
      expectForm(rest.length === 1, path);
      return expectAt('subnet', reader, path);
    case 'request_status':
      return checkRequestPath(rest, path, reader);
    case 'canister':
      return checkCanisterPath(rest, path, reader);
    default:
      return expectForm(false, path);
  }
}

function checkSubnetPath(rest: Path, path: Path, reader: Reader): void {
  const [, field, , key] = rest;
  expectForm(
    field === undefined ||
      (SUBNET_FIELDS.has(text(field)) && (rest.length === 2 || (text(field) === 'node' && rest.length < 5))),
    path,
  );
  if (key !== undefined) expectForm(text(key) === 'public_key', path);
  if (field !== undefined && text(field) === 'metrics') expectAt('subnet', reader, path);
}

function checkRequestPath(rest: Path, path: Path, { subnet, sender, destination }: Reader): void {
  const [requestId, ...field] = rest;
  if (requestId === undefined) return expectForm(false, path);
  expectForm(field.length === 0 || isField(field, REQUEST_FIELDS), path);
  const request = subnet.requester(requestId);
  if (request === undefined) return;
  if (!equalBytes(request.sender, sender)) {
    throw new Refusal('forbidden', 'The status of a request is for its sender only');
  }
  if (!equalBytes(request.effectiveCanisterId, destination.id)) {
    throw new Refusal('forbidden', 'The request was made at another effective canister id');
  }
}

function checkCanisterPath(rest: Path, path: Path, { subnet, sender, destination }: Reader): void {
  const [canisterId, ...field] = rest;
  if (canisterId === undefined) return expectForm(false, path);
  const [name, section] = field;
  const metadata = name !== undefined && text(name) === 'metadata' && field.length === 2;
  expectForm(metadata || isField(field, CANISTER_FIELDS), path);
  if (destination.kind !== 'canister' || !equalBytes(canisterId, destination.id)) {
    throw new Refusal('forbidden', "The path is about another canister than the URL's");
  }
  if (!metadata || section === undefined || !subnet.isPrivateMetadata(canisterId, text(section))) return;
  if (subnet.controllers(canisterId)?.some((controller) => equalBytes(controller, sender))) return;
  throw new Refusal('forbidden', 'Private metadata is for controllers only');
}

function isField(rest: Path, fields: ReadonlySet<string>): boolean {
  return rest.length === 1 && rest[0] !== undefined && fields.has(text(rest[0]));
}

function expectAt(kind: EffectiveDestination['kind'], { destination }: Reader, path: Path): void {
  if (destination.kind === kind) return;
  throw new Refusal('forbidden', `${describe(path)} is read at the ${kind}'s endpoint`);
}

function expectForm(known: boolean, path: Path): void {
  if (!known) throw new Refusal('malformed', `${describe(path)} is not a path that can be read`);
}

function describe(path: Path): string {
  return path[0] === undefined ? 'The empty path' : `A path of ${path.length} labels under /${text(path[0])}`;
}

function text(label: Uint8Array): string {
  try {
    return decoder.decode(label);
  } catch (cause) {
    throw new Refusal('malformed', 'A label that has to be text is not UTF-8', { cause });
  }
}
