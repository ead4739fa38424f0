import { codedEnumeration } from './coded-enumeration.ts';

/** The services that agents act on. Codes are stored: an entry keeps its code for ever, and new ones go at the end. */
export const agentTypes = codedEnumeration(['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr']);

export type AgentType = (typeof agentTypes.names)[number];

/** The agent type of what is about several: the unified agent. */
export const SEVERAL_TYPES: AgentType = 'InFoundr';

/** How many agent types a user's head record has room for. */
export const AGENT_TYPE_ROOM = 16;
