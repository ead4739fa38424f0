import { AGENT_TYPES } from '../../candid/audit-codes.ts';
import { codedEnumeration } from './coded-enumeration.ts';

/** The services that agents act on. */
export const agentTypes = codedEnumeration(AGENT_TYPES);

export type AgentType = (typeof agentTypes.names)[number];

/** The agent type of what is about several: the unified agent. */
export const SEVERAL_TYPES: AgentType = 'InFoundr';

/** How many agent types a user's head record has room for. */
export const AGENT_TYPE_ROOM = 16;
