import { Principal } from '@dfinity/principal';
import { utf8 } from '../codec/bytes.ts';
import { type ExecutionWorld, frozenCycles } from '../execution/world.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterSettings, Visibility } from '../state/canister-settings.ts';
import type { SettingsValue, VisibilityValue } from './arguments.ts';
import { refuse } from './management-error.ts';

const MAX_CONTROLLERS = 10;
const MAX_VIEWERS = 10;
const MAX_VARIABLES = 20;
const MAX_VARIABLE_BYTES = 128;
const GIB = 1024n ** 3n;

/** The largest value of each numeric setting. */
const LIMITS = {
  compute_allocation: 100n,
  memory_allocation: 512n * GIB,
  freezing_threshold: 2n ** 64n - 1n,
  reserved_cycles_limit: 2n ** 128n - 1n,
  minimum_incoming_canister_call_cycles: 2n ** 128n - 1n,
  log_memory_limit: 2n * 1024n ** 2n,
  wasm_memory_limit: 2n ** 48n,
  wasm_memory_threshold: 2n ** 48n,
} as const;

type NumericSetting = keyof typeof LIMITS;

/** What a log that is kept at all can have at least, in bytes. */
const LEAST_LOG_BYTES = 4096n;

/** The settings with what the caller wants changed. Refuses a value that a setting cannot have, and names it. */
export function changeSettings(settings: CanisterSettings, wanted: SettingsValue): CanisterSettings {
  const number = (name: NumericSetting, current: bigint): bigint => {
    const [value = current] = wanted[name];
    if (value > LIMITS[name]) {
      refuse('IC0408', `The setting ${name} is ${value}; it can be ${LIMITS[name]} at most`);
    }
    return value;
  };
  return {
    controllers: readControllers(wanted) ?? settings.controllers,
    computeAllocation: number('compute_allocation', settings.computeAllocation),
    memoryAllocation: number('memory_allocation', settings.memoryAllocation),
    freezingThreshold: number('freezing_threshold', settings.freezingThreshold),
    reservedCyclesLimit: number('reserved_cycles_limit', settings.reservedCyclesLimit),
    minimumIncomingCanisterCallCycles: number(
      'minimum_incoming_canister_call_cycles',
      settings.minimumIncomingCanisterCallCycles,
    ),
    wasmMemoryLimit: number('wasm_memory_limit', settings.wasmMemoryLimit),
    wasmMemoryThreshold: number('wasm_memory_threshold', settings.wasmMemoryThreshold),
    logMemoryLimit: readLogLimit(number('log_memory_limit', settings.logMemoryLimit)),
    logVisibility: readVisibility('log_visibility', wanted.log_visibility[0]) ?? settings.logVisibility,
    snapshotVisibility:
      readVisibility('snapshot_visibility', wanted.snapshot_visibility[0]) ?? settings.snapshotVisibility,
    statusVisibility:
      readVisibility('status_visibility', wanted.status_visibility[0]) ?? settings.statusVisibility,
    environmentVariables: readVariables(wanted) ?? settings.environmentVariables,
  };
}

function readLogLimit(bytes: bigint): bigint {
  if (bytes === 0n || bytes >= LEAST_LOG_BYTES) return bytes;
  return refuse(
    'IC0408',
    `The setting log_memory_limit is ${bytes}; it can be 0, or ${LEAST_LOG_BYTES} at least`,
  );
}

function readControllers({ controllers: [controllers] }: SettingsValue): readonly Uint8Array[] | undefined {
  if (controllers === undefined) return undefined;
  if (controllers.length > MAX_CONTROLLERS) {
    refuse('IC0408', `The setting controllers has ${controllers.length} entries; ${MAX_CONTROLLERS} at most`);
  }
  const distinct = new Map(controllers.map((controller) => [controller.toText(), controller]));
  return [...distinct.values()].map((controller) => controller.toUint8Array());
}

function readVisibility(name: string, value: VisibilityValue | undefined): Visibility | undefined {
  if (value === undefined) return undefined;
  if ('public' in value) return { kind: 'public' };
  if ('controllers' in value) return { kind: 'controllers' };
  if (value.allowed_viewers.length > MAX_VIEWERS) {
    refuse(
      'IC0408',
      `The setting ${name} has ${value.allowed_viewers.length} viewers; ${MAX_VIEWERS} at most`,
    );
  }
  return { kind: 'allowed_viewers', viewers: value.allowed_viewers.map((viewer) => viewer.toUint8Array()) };
}

function readVariables({
  environment_variables: [variables],
}: SettingsValue): ReadonlyMap<string, string> | undefined {
  if (variables === undefined) return undefined;
  const byName = new Map(variables.map(({ name, value }) => [name, value]));
  const tooLong = variables.some(
    ({ name, value }) => utf8(name).length > MAX_VARIABLE_BYTES || utf8(value).length > MAX_VARIABLE_BYTES,
  );
  if (variables.length > MAX_VARIABLES || tooLong || byName.size < variables.length) {
    refuse(
      'IC0408',
      `The setting environment_variables takes ${MAX_VARIABLES} variables at most, each name once, names and values of ${MAX_VARIABLE_BYTES} bytes at most`,
    );
  }
  return byName;
}

/**
 * Refuses allocations that are larger than before where the balance would not pay for them as long as the freezing threshold says. A
 * threshold that freezes the canister is its controllers' business.
 */
export function requirePayable(
  world: ExecutionWorld,
  canister: Canister,
  settings: CanisterSettings,
  before: Pick<CanisterSettings, 'computeAllocation' | 'memoryAllocation'> = canister.settings,
): void {
  const missing = frozenCycles(world, canister, { settings }) - canister.cycles;
  if (missing <= 0n) return;
  const { computeAllocation, memoryAllocation } = settings;
  if (computeAllocation > before.computeAllocation) {
    refuse('IC0530', cannotIncrease('compute', computeAllocation, missing));
  }
  if (memoryAllocation > before.memoryAllocation) {
    refuse('IC0531', cannotIncrease('memory', memoryAllocation, missing));
  }
}

function cannotIncrease(what: 'compute' | 'memory', allocation: bigint, missing: bigint): string {
  return `Cannot increase ${what} allocation to ${allocation} due to insufficient cycles. At least ${missing} additional cycles are required.`;
}

/** The settings as Candid's `definite_canister_settings`. */
export function settingsValue(settings: CanisterSettings): Readonly<Record<string, unknown>> {
  const { environmentVariables } = settings;
  return {
    controllers: settings.controllers.map((id) => Principal.fromUint8Array(id)),
    compute_allocation: settings.computeAllocation,
    memory_allocation: settings.memoryAllocation,
    freezing_threshold: settings.freezingThreshold,
    reserved_cycles_limit: settings.reservedCyclesLimit,
    minimum_incoming_canister_call_cycles: settings.minimumIncomingCanisterCallCycles,
    log_visibility: visibilityValue(settings.logVisibility),
    snapshot_visibility: visibilityValue(settings.snapshotVisibility),
    status_visibility: visibilityValue(settings.statusVisibility),
    log_memory_limit: settings.logMemoryLimit,
    wasm_memory_limit: settings.wasmMemoryLimit,
    wasm_memory_threshold: settings.wasmMemoryThreshold,
    environment_variables: [...environmentVariables].map(([name, value]) => ({ name, value })),
  };
}

function visibilityValue(visibility: Visibility): VisibilityValue {
  switch (visibility.kind) {
    case 'controllers':
      return { controllers: null };
    case 'public':
      return { public: null };
    case 'allowed_viewers':
      return { allowed_viewers: visibility.viewers.map((id) => Principal.fromUint8Array(id)) };
  }
}
