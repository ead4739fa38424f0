import { Principal } from '@dfinity/principal';
import { type Command, InvalidArgumentError } from 'commander';
import { ManagementCanister } from '../deployment/management-canister.ts';
import { findTarget } from '../deployment/target.ts';
import { addServiceOptions } from '../options/service-options.ts';
import { text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printRecords } from '../output/print-answers.ts';
import { requireNetwork } from '../service/require-network.ts';
import { type CallerOptions, findIdentity, findService } from '../service/service-place.ts';
import { confirm, YES_OPTION } from '../terminal/confirm.ts';

interface SnapshotOptions extends CallerOptions {
  readonly json?: boolean;
}

interface ConfirmedOptions extends SnapshotOptions {
  readonly yes?: boolean;
}

const COLUMNS = [text('SNAPSHOT', 'snapshot_id'), time('TAKEN', 'taken_at'), text('BYTES', 'bytes')];
/** Ids have 8 bytes of a number and those of the canister's principal. */
const MAX_ID_DIGITS = 128;

/** `snapshots`: copies of the whole service that its controllers keep on the network, and bring back. */
export function addSnapshotsCommand(program: Command): void {
  const snapshots = program
    .command('snapshots')
    .description('back up the service by snapshots on its network, and restore it');
  const add = (name: string, isDefault = false) =>
    addServiceOptions(snapshots.command(name, { isDefault }))
      .option(
        '--identity <file>',
        'PEM of an identity that controls the canister; on local the admin by default',
      )
      .option(...JSON_OPTION);
  add('list', true).description('list the snapshots of the service').action(list);
  add('take')
    .description('stop the service, take a snapshot, start it again, and print the id')
    .option('--replace <id>', 'the snapshot that the new one replaces', readSnapshotId)
    .action(take);
  add('restore')
    .description('bring the service back to a snapshot, code included; later records are lost')
    .argument('<id>', 'the snapshot', readSnapshotId)
    .option(...YES_OPTION)
    .action(restore);
  add('delete')
    .description('delete a snapshot')
    .argument('<id>', 'the snapshot', readSnapshotId)
    .option(...YES_OPTION)
    .action(remove);
}

/** The management canister of the service's network, as the identity that controls the service. */
async function findCanister(
  options: SnapshotOptions,
): Promise<{ readonly management: ManagementCanister; readonly canisterId: Principal }> {
  const identity = await findIdentity(options, 'admin');
  const { host, canisterId, rootKey } = findService(options);
  await requireNetwork(host);
  const { agent } = await findTarget({ network: host ?? 'ic', identity, rootKey });
  return { management: new ManagementCanister(agent), canisterId: Principal.fromText(canisterId) };
}

async function list(options: SnapshotOptions): Promise<void> {
  const { management, canisterId } = await findCanister(options);
  const snapshots = await management.listSnapshots(canisterId);
  const rows = snapshots.map(({ id, takenAt, bytes }) => ({
    snapshot_id: id,
    taken_at: `${takenAt}`,
    bytes: `${bytes}`,
  }));
  printRecords(options, COLUMNS, rows);
}

async function take({ replace, ...options }: SnapshotOptions & { readonly replace?: string }): Promise<void> {
  const { management, canisterId } = await findCanister(options);
  // A snapshot of a running canister may lie between a call and its answer.
  const { id } = await management.whileStopped(canisterId, () =>
    management.takeSnapshot(canisterId, replace),
  );
  printDone(options, { snapshot_id: id }, id);
}

async function restore(id: string, { yes, ...options }: ConfirmedOptions): Promise<void> {
  await confirm('All that was stored after the snapshot is lost.', 'restore', yes);
  const { management, canisterId } = await findCanister(options);
  await management.whileStopped(canisterId, () => management.loadSnapshot(canisterId, id));
  printDone(options, { snapshot_id: id }, `The service is back at snapshot ${id}.`);
}

async function remove(id: string, { yes, ...options }: ConfirmedOptions): Promise<void> {
  await confirm('The snapshot is deleted for good.', 'delete', yes);
  const { management, canisterId } = await findCanister(options);
  await management.deleteSnapshot(canisterId, id);
  printDone(options, { snapshot_id: id }, `Snapshot ${id} is deleted.`);
}

function readSnapshotId(value: string): string {
  const isHex = /^(?:[\da-f]{2})+$/i.test(value) && value.length <= MAX_ID_DIGITS;
  if (!isHex) throw new InvalidArgumentError('A snapshot id is hexadecimal, as "snapshots" lists it.');
  return value.toLowerCase();
}
