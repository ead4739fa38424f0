/** A method of the interface as a model is told of it. */
export interface ToolRow {
  /** The method's name, and the tool's. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** What it does to what is stored. */
  readonly effect: 'reads' | 'adds' | 'changes';
}

/** What a model can do. Credentials are not among it. */
export const TOOL_TABLE: readonly ToolRow[] = [
  {
    name: 'get_agent_status',
    title: 'Status of a user',
    description: 'Tells how many sessions, connected agents and recent records a user has.',
    effect: 'reads',
  },
  {
    name: 'get_agent_session',
    title: 'A session',
    description: 'Reads a session by its id; an error where there is none.',
    effect: 'reads',
  },
  {
    name: 'list_sessions',
    title: 'Sessions of a user',
    description: "Lists a user's sessions, newest first, page by page.",
    effect: 'reads',
  },
  {
    name: 'create_agent_session',
    title: 'Begin a session',
    description: 'Begins a session of a user with an agent type; answers its id.',
    effect: 'adds',
  },
  {
    name: 'update_agent_session',
    title: 'Change a session',
    description: 'Changes the project or the repository of an open session; what is left out stays.',
    effect: 'changes',
  },
  {
    name: 'end_agent_session',
    title: 'End a session',
    description: 'Ends an open session, which cannot be opened again.',
    effect: 'changes',
  },
  {
    name: 'get_agent_interaction',
    title: 'An interaction',
    description: 'Reads an interaction by its id; an error where there is none.',
    effect: 'reads',
  },
  {
    name: 'list_interactions',
    title: 'Interactions of a user',
    description: 'Lists what was asked and answered for a user, newest first, page by page.',
    effect: 'reads',
  },
  {
    name: 'store_agent_interaction',
    title: 'Store an interaction',
    description: 'Stores what was asked and answered, for good; answers its id.',
    effect: 'adds',
  },
  {
    name: 'list_activities',
    title: 'Activities of a user',
    description: "Lists a user's audit trail, newest first, page by page.",
    effect: 'reads',
  },
  {
    name: 'log_agent_activity',
    title: 'Log an activity',
    description: "Adds an entry to a user's audit trail, for good.",
    effect: 'adds',
  },
];
