/** Which folder may import which. ARCHITECTURE.md says why. */
const within = (folder) => `^src/${folder}(/|$)`;

/** A rule that lets a folder import nothing of ours but the folders named. */
function only(from, ...allowed) {
  return {
    name: `${from} imports only ${allowed.join(', ') || 'itself'}`,
    severity: 'error',
    from: { path: within(from) },
    to: { path: '^(src|tests|bench|scripts)/', pathNot: [from, ...allowed].map(within) },
  };
}

/** A rule that a part has no other folders than those named, each of which has a rule of its own. */
function foldersOf(part, ...folders) {
  return {
    name: `a folder of ${part} is one that has a rule`,
    severity: 'error',
    from: { path: `^src/${part}/[^/]+/`, pathNot: folders.map((folder) => within(`${part}/${folder}`)) },
    to: {},
  };
}

/** Layers of the network that several above them import. */
const MESSAGES = ['replica/messages', 'replica/codec'];
const STATE = ['replica/state', ...MESSAGES];
const CODE = ['replica/system-api', 'replica/wasm', 'replica/chain-keys', ...STATE];
const CANISTERS = ['replica/system-canisters', 'replica/management', 'replica/execution', ...CODE];
const SUBNET = ['replica/subnet', 'replica/certification', ...CANISTERS];

/** The layers of the network. */
const network = [
  only('replica/codec'),
  only('replica/messages'),
  only('replica/wasm'),
  only('replica/chain-keys', 'replica/codec'),
  only('replica/certification', ...MESSAGES),
  only('replica/state', ...MESSAGES),
  only('replica/system-api', 'replica/wasm', ...STATE),
  only('replica/execution', ...CODE),
  only('replica/management', 'replica/execution', ...CODE),
  only('replica/system-canisters', 'replica/management', 'replica/execution', ...STATE),
  // Nothing here reaches the clock, the intake or the schedule, which are a subnet's.
  only('replica/subnet/round', 'replica/certification', ...CANISTERS),
  only('replica/subnet', 'replica/certification', ...CANISTERS),
  only('replica/http', 'replica/subnet', 'replica/management', 'replica/certification', ...MESSAGES),
  only('replica/state-folder', 'replica/state', 'replica/codec'),
  only('replica/recovery.ts', 'replica/state-folder'),
  only('replica/network.ts', 'replica/recovery.ts', 'replica/state-folder', 'replica/http', ...SUBNET),
  only('replica/pocket-ic', 'replica/recovery.ts', 'replica/state-folder', 'replica/http', ...SUBNET),
  only('replica/testing', 'replica/network.ts', ...CANISTERS),
  only('replica/testing.ts', 'replica/testing', 'replica/network.ts'),
  foldersOf(
    'replica',
    'codec',
    'messages',
    'wasm',
    'chain-keys',
    'certification',
    'state',
    'system-api',
    'execution',
    'management',
    'system-canisters',
    'subnet',
    'http',
    'state-folder',
    'pocket-ic',
    'testing',
  ),
];

/** A rule for a layer of the dapp, which imports nothing of the dapp but itself and the layers named. */
function layer(from, ...below) {
  return only(
    `dashboard/${from}`,
    ...below.map((one) => `dashboard/${one}`),
    // `dashboard` has the rule for what is outside of it.
    'client',
    'candid',
  );
}

/** The layers of the dapp, from what knows nothing to what wires them. */
const dapp = [
  only('dashboard/texts', 'client'),
  only('dashboard/styles'),
  only('dashboard/config', 'client'),
  layer('identity', 'config', 'texts'),
  layer('service', 'identity', 'config'),
  layer('live', 'service'),
  layer('components', 'texts'),
  layer('lists', 'live', 'service', 'components', 'texts'),
  layer('records', 'service', 'components', 'texts'),
  layer('pages', 'records', 'lists', 'live', 'service', 'identity', 'config', 'components', 'texts'),
  {
    // What two pages show is a part: of `records`, `lists` or `components`.
    name: 'a page imports no other page',
    severity: 'error',
    from: { path: '^src/dashboard/pages/([^/]+)/' },
    to: { path: '^src/dashboard/pages/', pathNot: '^src/dashboard/pages/$1/' },
  },
];

const CANISTER_LAYERS = '(api|services|policy|storage|models)';

/** The topics of the canister, each a folder of this name in the layers that know it. Inside a layer, a topic imports only topics after it. */
const CANISTER_TOPICS = [
  'consent',
  'export',
  'requests',
  'credentials',
  'interactions',
  'sessions',
  'settings',
  'retention',
  'users',
  'notifications',
  'agents',
  'metrics',
  'analytics',
  'audit',
  'sealing',
  'tasks',
  'secrets',
  'validation',
  'limits',
  'access',
];

/** The files that wire a layer together; no other file at the top of a layer knows its topics. */
const CANISTER_WIRING = ['api/services', 'services/services', 'services/tasks', 'storage/store'];

const canisterTopics = [
  ...CANISTER_TOPICS.slice(1).map((topic, at) => ({
    name: `canister topic ${topic} imports only the topics after it`,
    severity: 'error',
    from: { path: `^src/canister/${CANISTER_LAYERS}/${topic}/` },
    to: { path: `^src/canister/$1/(${CANISTER_TOPICS.slice(0, at + 1).join('|')})/` },
  })),
  {
    name: "a folder in the canister's layers is a topic",
    severity: 'error',
    from: {
      path: `^src/canister/${CANISTER_LAYERS}/[^/]+/`,
      pathNot: `^src/canister/[^/]+/(${CANISTER_TOPICS.join('|')})/[^/]+$`,
    },
    to: {},
  },
  {
    name: "what a canister's topics share imports none of them",
    severity: 'error',
    from: {
      path: `^src/canister/${CANISTER_LAYERS}/[^/]+$`,
      pathNot: `^src/canister/(${CANISTER_WIRING.join('|')})\\.ts$`,
    },
    to: { path: '^src/canister/$1/[^/]+/' },
  },
];

/** The client, from what knows nothing to what people import. */
const client = [
  only('client/errors.ts', 'candid'),
  only('client/values', 'client/errors.ts', 'candid'),
  only('client/network', 'client/errors.ts'),
  only('client/reading', 'client/values', 'client/errors.ts'),
  only('client/calls', 'client/network', 'client/values', 'client/errors.ts', 'candid'),
  only('client/service-methods.ts', 'client/calls', 'client/values'),
  only(
    'client/agent-service-client.ts',
    'client/service-methods.ts',
    'client/sealing',
    'client/calls',
    'client/reading',
    'client/values',
  ),
  only('client/audit', 'client/agent-service-client.ts', 'client/values', 'client/errors.ts', 'candid'),
  only('client/sealing', 'client/calls', 'client/values', 'client/errors.ts', 'candid'),
  only(
    'client/resealing',
    'client/agent-service-client.ts',
    'client/sealing',
    'client/values',
    'client/errors.ts',
  ),
  only('client/node.ts'),
  foldersOf('client', 'values', 'network', 'reading', 'calls', 'audit', 'sealing', 'resealing'),
];

/** The interface in JSON, which gateway and terminal share. */
const jsonInterface = [
  only('json-interface/values', 'candid'),
  only('json-interface/methods', 'json-interface/values', 'client', 'candid'),
  only('json-interface/callers', 'json-interface/methods', 'client'),
  only('json-interface/events', 'json-interface/callers', 'json-interface/methods', 'client'),
  foldersOf('json-interface', 'values', 'methods', 'callers', 'events'),
];

const gateway = [
  only('gateway/problems', 'json-interface', 'client'),
  only('gateway/limits', 'gateway/problems'),
  only('gateway/keys', 'client'),
  only('gateway/callers', 'gateway/keys', 'json-interface', 'client'),
  only('gateway/events', 'gateway/limits', 'gateway/problems', 'json-interface'),
  only('gateway/mcp', 'gateway/problems', 'json-interface', 'candid'),
  only(
    'gateway/http',
    ...['mcp', 'events', 'callers', 'keys', 'limits', 'problems'].map((below) => `gateway/${below}`),
    'json-interface',
    'client',
    'candid',
  ),
  foldersOf('gateway', 'problems', 'limits', 'keys', 'callers', 'events', 'mcp', 'http'),
];

/** What every folder of the terminal may use: files, and what it says to people. */
const BASICS = ['cli/files', 'cli/terminal'];

const terminal = [
  only('cli/terminal'),
  only('cli/files', 'cli/terminal', 'json-interface', 'client'),
  only('cli/listening', 'cli/terminal'),
  only('cli/completion'),
  only('cli/output', 'json-interface'),
  only('cli/networks', ...BASICS, 'client', 'replica'),
  only('cli/options', 'cli/networks', ...BASICS, 'json-interface', 'client', 'candid'),
  only('cli/gateway', 'gateway'),
  only('cli/dashboard', 'client'),
  only('cli/deployment', 'cli/networks', ...BASICS, 'client', 'candid'),
  only('cli/service', 'cli/networks', 'cli/output', ...BASICS, 'json-interface', 'client'),
  only('cli/export', 'cli/service', 'cli/output', ...BASICS, 'json-interface', 'client'),
  only('cli/sealing', 'client'),
  only('cli/audit', 'cli/service', 'cli/networks', 'cli/output', ...BASICS, 'client'),
  only('cli/witness', 'cli/audit', 'cli/service', ...BASICS, 'client'),
  only(
    'cli/demo',
    'cli/dashboard',
    'cli/deployment',
    'cli/networks',
    ...BASICS,
    'json-interface',
    'client',
    'replica',
  ),
  only('cli/testing', 'cli/gateway', 'cli/deployment', 'cli/networks', 'gateway', 'replica'),
  only(
    'cli/local',
    'cli/gateway',
    'cli/dashboard',
    'cli/deployment',
    'cli/networks',
    'cli/listening',
    ...BASICS,
    'gateway',
    'client',
    'replica',
  ),
  {
    name: 'a command of the terminal knows nothing of what runs the commands, nor of the network behind them',
    severity: 'error',
    from: { path: within('cli/commands') },
    to: { path: ['^src/cli/[^/]+$', within('replica'), within('cli/dashboard')] },
  },
  {
    name: 'the terminal imports the gateway only where it runs one or keeps its keys',
    severity: 'error',
    from: {
      path: within('cli'),
      pathNot: [
        '^src/cli/commands/(gateway|keys|mcp)\\.ts$',
        '^src/cli/local/local-gateway\\.ts$',
        '^src/cli/testing/test-network\\.ts$',
        within('cli/gateway'),
      ],
    },
    to: { path: within('gateway') },
  },
  foldersOf(
    'cli',
    ...['terminal', 'files', 'listening', 'completion', 'output', 'networks', 'options', 'gateway'],
    ...[
      'dashboard',
      'deployment',
      'service',
      'export',
      'sealing',
      'audit',
      'witness',
      'demo',
      'testing',
      'local',
    ],
    'commands',
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'nothing that cannot be resolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'only what package.json names',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'what the package has imports no devDependency',
      severity: 'error',
      // The canister's module and the dapp are shipped as they are built.
      from: { path: '^src/', pathNot: ['canister', 'dashboard'].map(within) },
      to: { dependencyTypes: ['npm-dev'] },
    },

    only('candid'),
    only('canister', 'candid'),
    only('client', 'candid'),
    only('replica'),
    only('json-interface', 'client', 'candid'),
    only('gateway', 'json-interface', 'client', 'candid'),
    only('dashboard', 'client', 'candid'),
    only('cli', 'gateway', 'json-interface', 'client', 'replica', 'candid'),
    ...client,
    ...jsonInterface,
    ...gateway,
    ...terminal,

    only('canister/codec'),
    only('canister/hashing'),
    only('canister/models', 'canister/codec', 'canister/hashing', 'candid'),
    only('canister/policy', 'canister/models', 'canister/codec'),
    only('canister/storage', 'canister/models', 'canister/codec'),
    only(
      'canister/services',
      'canister/policy',
      'canister/storage',
      'canister/models',
      'canister/codec',
      'candid',
    ),
    ...canisterTopics,
    ...network,
    ...dapp,
    {
      name: 'only api and stable-maps import azle',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/canister/(api/|storage/stable-maps\\.ts$)' },
      to: { path: '(^|node_modules/)azle(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
