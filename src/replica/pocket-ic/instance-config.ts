import { BadRequest } from './bad-request.ts';
import { type IcpFeature, parseFeatures, subnetKindOf } from './icp-features.ts';
import { JsonFields } from './json-fields.ts';
import { KINDS, SUBNET_KINDS, type SubnetKind, type SubnetSpec } from './topology.ts';

/** Where an HTTP gateway listens: 127.0.0.1 and any free port unless told. */
export interface GatewayAddress {
  readonly host: string;
  readonly port: number;
}

/** What a client asks for when it creates an instance. */
export interface InstanceConfig {
  /** One for each subnet, in the order in which they are made; may be none where a folder has the subnets. */
  readonly subnets: readonly SubnetSpec[];
  readonly features: readonly IcpFeature[];
  /** ns since 1970, where the client names a time. */
  readonly time: bigint | undefined;
  /** Lets time and rounds go on from the start; the pause between two rounds in ms. */
  readonly autoProgressMs: number | undefined;
  readonly gateway: GatewayAddress | undefined;
  /** Where the state is kept; in memory alone if left out. */
  readonly stateDirectory: string | undefined;
  /** Whether to go on with a state that is known to lack what came last. */
  readonly allowsIncompleteState: boolean;
}

/** Fields that ask for what there is not; null, false and empty values ask for nothing. */
const MISSING = ['bitcoind_addr', 'dogecoind_addr', 'mainnet_nns_subnet_id'];
const LONGEST_DELAY_MS = 3_600_000;

/** Reads the body of a request for a new instance. Refuses what this server would have to pretend to do. */
export function parseInstanceConfig(body: unknown): InstanceConfig {
  const config = new JsonFields(body);
  for (const name of MISSING) {
    if (config.has(name))
      throw new BadRequest(
        `${name} is not supported here: there is no node of another network to connect to`,
      );
  }
  const features = config.has('icp_features') ? parseFeatures(config.fields('icp_features')) : [];
  const subnets = parseSubnets(config.fields('subnet_config_set'), features.map(subnetKindOf));
  const stateDirectory = config.has('state_dir') ? config.text('state_dir') : undefined;
  if (stateDirectory === '') throw new BadRequest('state_dir is empty: name a folder');
  if (subnets.length === 0 && stateDirectory === undefined)
    throw new BadRequest('SubnetConfigSet must contain at least one subnet');
  const initial = config.has('initial_time') ? config.fields('initial_time') : undefined;
  return {
    subnets,
    features,
    time:
      initial?.has('Timestamp') === true
        ? initial.fields('Timestamp').natural('nanos_since_epoch')
        : undefined,
    autoProgressMs:
      initial?.has('AutoProgress') === true ? parseDelay(initial.fields('AutoProgress')) : undefined,
    gateway: config.has('http_gateway_config')
      ? parseGatewayAddress(config.fields('http_gateway_config'))
      : undefined,
    stateDirectory,
    allowsIncompleteState: isEnabled(config, 'incomplete_state'),
  };
}

/** A flag of the protocol; disabled unless told. */
function isEnabled(fields: JsonFields, name: string): boolean {
  if (!fields.has(name)) return false;
  const value = fields.text(name);
  if (value === 'Enabled' || value === 'Disabled') return value === 'Enabled';
  throw new BadRequest(`${name} is ${value}, it has to be "Enabled" or "Disabled"`);
}

/** The pause between two rounds that a client wishes for, in ms; 0 unless told. */
export function parseDelay(fields: JsonFields): number {
  return fields.has('artificial_delay_ms') ? fields.smallNatural('artificial_delay_ms', LONGEST_DELAY_MS) : 0;
}

/** Reads where a gateway listens. Refuses one that would need certificates or other names than localhost. */
export function parseGatewayAddress(fields: JsonFields): GatewayAddress {
  for (const name of ['https_config', 'domain_custom_provider_local_file']) {
    if (fields.has(name))
      throw new BadRequest(`${name} is not supported here: gateways speak HTTP at localhost`);
  }
  return {
    host: fields.has('ip_addr') ? fields.text('ip_addr') : '127.0.0.1',
    port: fields.has('port') ? fields.smallNatural('port', 65_535) : 0,
  };
}

/** The subnets that a client asks for, and one of each kind that is needed beside them. */
function parseSubnets(set: JsonFields, needed: readonly SubnetKind[]): readonly SubnetSpec[] {
  return SUBNET_KINDS.flatMap((kind): readonly SubnetSpec[] => {
    const { field, many } = KINDS[kind];
    if (!set.has(field)) return needed.includes(kind) ? [{ kind }] : [];
    const specs = many ? set.list(field) : [set.fields(field)];
    return specs.map((spec) => parseSubnet(kind, spec));
  });
}

function parseSubnet(kind: SubnetKind, spec: JsonFields): SubnetSpec {
  const refuse = (name: string, allowed: string): never => {
    throw new BadRequest(`subnet_config_set.${KINDS[kind].field}.${name} can only be ${allowed} here`);
  };
  /** One of two names, of which the first is meant where the client says nothing; undefined for that. */
  const choice = <T extends string>(name: string, usual: string, other?: T): T | undefined => {
    const value = spec.raw(name) ?? usual;
    if (value === usual) return undefined;
    return value === other
      ? other
      : refuse(name, [usual, other].flatMap((each) => (each === undefined ? [] : `"${each}"`)).join(' or '));
  };
  choice('state_config', 'New');
  const admins = spec.raw('subnet_admins') ?? [];
  if (!Array.isArray(admins) || admins.length > 0) refuse('subnet_admins', 'empty');
  const instructions = choice('instruction_config', 'Production', 'Benchmarking');
  const costSchedule = choice('cost_schedule', 'Normal', 'Free');
  return { kind, ...(costSchedule && { costSchedule }), ...(instructions && { instructions }) };
}
