import type { Command } from 'commander';

/** Commands that one file adds to the program. */
interface CommandFile {
  readonly names: readonly string[];
  /** Loads the file; what it returns adds its commands. */
  readonly load: () => Promise<(program: Command) => void>;
}

/** All commands, in the order of the help. A file is loaded when one of its commands is asked for, and then alone. */
export const COMMAND_FILES: readonly CommandFile[] = [
  { names: ['start'], load: async () => (await import('./commands/start.ts')).addStartCommand },
  { names: ['stop'], load: async () => (await import('./commands/stop.ts')).addStopCommand },
  { names: ['deploy'], load: async () => (await import('./commands/deploy.ts')).addDeployCommand },
  {
    names: ['snapshots'],
    load: async () => (await import('./commands/snapshots.ts')).addSnapshotsCommand,
  },
  { names: ['demo'], load: async () => (await import('./commands/demo.ts')).addDemoCommand },
  {
    names: ['test-network'],
    load: async () => (await import('./commands/test-network.ts')).addTestNetworkCommand,
  },
  {
    names: ['status', 'sessions', 'credentials', 'interactions', 'usage', 'retention', 'analytics'],
    load: async () => (await import('./commands/user-commands.ts')).addUserCommands,
  },
  {
    names: ['activities'],
    load: async () => (await import('./commands/activities.ts')).addActivitiesCommand,
  },
  { names: ['events'], load: async () => (await import('./commands/events.ts')).addEventsCommand },
  { names: ['agents'], load: async () => (await import('./commands/agents.ts')).addAgentsCommand },
  { names: ['grants'], load: async () => (await import('./commands/grants.ts')).addGrantsCommand },
  { names: ['blocks'], load: async () => (await import('./commands/blocks.ts')).addBlocksCommand },
  {
    names: ['users', 'export', 'erase'],
    load: async () => (await import('./commands/users.ts')).addUsersCommands,
  },
  { names: ['admins'], load: async () => (await import('./commands/admins.ts')).addAdminsCommand },
  { names: ['settings'], load: async () => (await import('./commands/settings.ts')).addSettingsCommand },
  { names: ['limits'], load: async () => (await import('./commands/limits.ts')).addLimitsCommand },
  { names: ['tasks'], load: async () => (await import('./commands/tasks.ts')).addTasksCommand },
  { names: ['links'], load: async () => (await import('./commands/links.ts')).addLinksCommand },
  { names: ['seal'], load: async () => (await import('./commands/seal.ts')).addSealCommand },
  { names: ['refresh'], load: async () => (await import('./commands/refresh.ts')).addRefreshCommand },
  { names: ['audit-log'], load: async () => (await import('./commands/audit-log.ts')).addAuditLogCommand },
  { names: ['verify-log'], load: async () => (await import('./commands/verify-log.ts')).addVerifyLogCommand },
  { names: ['witness'], load: async () => (await import('./commands/witness.ts')).addWitnessCommand },
  { names: ['gateway'], load: async () => (await import('./commands/gateway.ts')).addGatewayCommand },
  { names: ['keys'], load: async () => (await import('./commands/keys.ts')).addKeysCommand },
  { names: ['mcp'], load: async () => (await import('./commands/mcp.ts')).addMcpCommand },
  {
    names: ['completion'],
    load: async () => (await import('./commands/completion.ts')).addCompletionCommand,
  },
];
