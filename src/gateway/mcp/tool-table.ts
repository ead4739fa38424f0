/** A method of the interface that a model can call; the interface says what it does. */
export interface ToolRow {
  /** The method's name, and the tool's. */
  readonly name: string;
  readonly title: string;
  /** What it does to what is stored. */
  readonly effect: 'reads' | 'adds' | 'changes';
}

/** What a model can do. Credentials are not among it. */
export const TOOL_TABLE: readonly ToolRow[] = [
  {
    name: 'get_agent_status',
    title: 'Status of a user',
    effect: 'reads',
  },
  {
    name: 'get_agent_session',
    title: 'A session',
    effect: 'reads',
  },
  {
    name: 'list_sessions',
    title: 'Sessions of a user',
    effect: 'reads',
  },
  {
    name: 'create_agent_session',
    title: 'Begin a session',
    effect: 'adds',
  },
  {
    name: 'update_agent_session',
    title: 'Change a session',
    effect: 'changes',
  },
  {
    name: 'end_agent_session',
    title: 'End a session',
    effect: 'changes',
  },
  {
    name: 'get_agent_interaction',
    title: 'An interaction',
    effect: 'reads',
  },
  {
    name: 'list_interactions',
    title: 'Interactions of a user',
    effect: 'reads',
  },
  {
    name: 'store_agent_interaction',
    title: 'Store an interaction',
    effect: 'adds',
  },
  {
    name: 'list_activities',
    title: 'Activities of a user',
    effect: 'reads',
  },
  {
    name: 'log_agent_activity',
    title: 'Log an activity',
    effect: 'adds',
  },
];
