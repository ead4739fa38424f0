import { ByteReader, ByteWriter } from '../../codec/index.ts';
import {
  type AgentScope,
  ALL_PERMISSIONS,
  ALL_TYPES,
  agentPermissions,
  agentScopes,
} from '../access/rights.ts';
import { StoredTerms, TERMS_LENGTH, type Terms, writeTerms } from '../access/terms.ts';
import { writeOptions } from '../access/write-options.ts';
import { agentTypes } from '../agent-type.ts';

/** What an agent may do, and for whom. */
export interface AgentTerms extends Terms {
  readonly scope: AgentScope;
}

/** A principal that may call the service, and who let it in. The name is UTF-8. */
export interface Agent extends AgentTerms {
  readonly agent: Uint8Array;
  readonly name: Uint8Array;
  readonly addedBy: Uint8Array;
}

/** Terms, then the principal, the name, and who added it. */
const VERSION = 2;

/** The version byte, then principal, name, time and who added it: an agent of that time may do everything. */
const FIRST_VERSION = 1;

const EVERYTHING = {
  agentTypes: ALL_TYPES,
  permissions: ALL_PERMISSIONS,
  scope: 'every_user',
  expiresAt: undefined,
} as const;

export function encodeAgent(agent: Agent): Uint8Array {
  return writeTerms(VERSION, agent, agentScopes.codeOf(agent.scope))
    .principal(agent.agent)
    .text(agent.name)
    .principal(agent.addedBy)
    .finish();
}

/** Reads what is asked at every call, and nothing else. */
export function decodeAgentTerms(bytes: Uint8Array): AgentTerms {
  return bytes[0] === VERSION ? new StoredAgentTerms(bytes) : decodeAgent(bytes);
}

class StoredAgentTerms extends StoredTerms implements AgentTerms {
  get scope(): AgentScope {
    return agentScopes.nameOf(this.detail);
  }
}

export function decodeAgent(bytes: Uint8Array): Agent {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version === FIRST_VERSION) {
    const [agent, name] = [readPrincipal(reader), reader.text()];
    return { ...EVERYTHING, agent, name, since: reader.u64(), addedBy: readPrincipal(reader) };
  }
  if (version !== VERSION) throw new Error(`agent of an unknown version ${version}`);
  const { agentTypes: types, permissions, scope, expiresAt, since } = new StoredAgentTerms(bytes);
  reader.offset = TERMS_LENGTH;
  const [agent, name] = [readPrincipal(reader), reader.text()];
  return {
    agentTypes: types,
    permissions,
    scope,
    expiresAt,
    since,
    agent,
    name,
    addedBy: readPrincipal(reader),
  };
}

/** The Candid record of a stored agent. Fields follow the order of `Agent` in a message: by the hashes of their names. */
export function agentBody(bytes: Uint8Array): Uint8Array {
  const agent = decodeAgent(bytes);
  const writer = new ByteWriter();
  writeOptions(writer, agentPermissions, agent.permissions);
  writer
    .principal(agent.agent)
    .text(agent.name)
    .u64(agent.since)
    .principal(agent.addedBy)
    .u8(agentScopes.wireIndexOf(agentScopes.codeOf(agent.scope)))
    .optU64(agent.expiresAt);
  writeOptions(writer, agentTypes, agent.agentTypes);
  return writer.finish();
}

/** The Candid record `AgentName` of a stored agent. */
export function agentNameBody(bytes: Uint8Array): Uint8Array {
  const { agent, name } = decodeAgent(bytes);
  return new ByteWriter().principal(agent).text(name).finish();
}

function readPrincipal(reader: ByteReader): Uint8Array {
  reader.advance(1);
  return reader.text();
}
