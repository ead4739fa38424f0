import { existsSync, readdirSync, statSync } from 'node:fs';
import { describeRecovery, RecoveredEntries } from '../recovery.ts';
import { CheckpointTimer } from '../state-folder/checkpoint/checkpoint-timer.ts';
import {
  aboutDirectory,
  diverged,
  isSystemError,
  StateDirectoryError,
} from '../state-folder/checkpoint/state-directory-error.ts';
import { WriteHealth } from '../state-folder/checkpoint/write-health.ts';
import { StateDirectory } from '../state-folder/state-directory.ts';
import { BadRequest } from './bad-request.ts';
import { type InstanceImage, type InstanceOptions, PocketIcInstance } from './instance.ts';
import type { InstanceRecord } from './instance-event.ts';

/** What a folder may have before its first checkpoint: what was begun there when a process ended. */
const OWN_FILE = /^(lock\..*|blobs|journal|manifest\.draft)$/;

/** How an instance with a folder is opened. */
export interface InstanceFolderOptions extends InstanceOptions {
  /** Whether to go on with the last checkpoint where the journal of what came after it was removed. */
  readonly allowsIncompleteState: boolean;
  /** Told in a sentence what was recovered, and when the folder cannot be written to and can again. */
  readonly tell: (message: string) => void;
}

/** An instance whose state is kept in a folder over the end of the process, until it is `close`d, which saves it. */
export class InstanceFolder {
  readonly instance: PocketIcInstance;
  readonly #checkpoints: CheckpointTimer;

  /**
   * Opens the instance that the folder has, whose subnets and time are those that it had, or makes a new one. Rejects with a
   * `StateDirectoryError` where the folder is in use, damaged, or has something else.
   */
  static async open(directory: string, options: InstanceFolderOptions): Promise<InstanceFolder> {
    refuseForeign(directory);
    const folder = new StateDirectory<InstanceImage, InstanceRecord>(directory, 'instance');
    try {
      const { snapshot, records, journalRemoved } = folder.load();
      if (journalRemoved && !options.allowsIncompleteState) {
        throw new StateDirectoryError(
          'damaged',
          `The journal of ${directory} was removed: what came after the last checkpoint is lost. Restore the folder from a copy, or set incomplete_state to "Enabled" to go on with the checkpoint.`,
        );
      }
      const saved = snapshot && { image: snapshot.rest, canisters: snapshot.canisters };
      if (saved === undefined && options.subnets.length === 0) {
        throw new BadRequest(
          `SubnetConfigSet must contain at least one subnet: ${directory} has no instance to go on with`,
        );
      }
      const missing = options.features?.find((feature) => saved?.image.features.includes(feature) === false);
      if (missing !== undefined) {
        throw new BadRequest(
          `icp_features.${missing} is not in the instance of ${directory}: an instance has the features that it was made with`,
        );
      }
      const instance = new PocketIcInstance(options, saved);
      const recovered = new RecoveredEntries(records, ({ event }) => ({
        messages: event.kind === 'message' ? 1 : 0,
        batches: event.kind === 'round' ? 1 : 0,
      }));
      await replay(instance, recovered, directory);
      const { messages, batches, cut } = recovered;
      const sentence = describeRecovery({ messages, batches, cut, journalRemoved });
      if (sentence !== undefined) options.tell(`${directory}: ${sentence}`);
      return new InstanceFolder(folder, { instance, directory, tell: options.tell });
    } catch (error) {
      folder.release();
      throw aboutDirectory(error, directory);
    }
  }

  private constructor(
    folder: StateDirectory<InstanceImage, InstanceRecord>,
    {
      instance,
      directory,
      tell,
    }: {
      readonly instance: PocketIcInstance;
      readonly directory: string;
      readonly tell: (message: string) => void;
    },
  ) {
    this.instance = instance;
    const save = () => {
      const { image, canisters } = instance.saved();
      folder.save({ rest: image, canisters });
    };
    // What was recovered, and the subnets of a new one, are in a checkpoint before anything happens.
    save();
    const checkpointHealth = new WriteHealth(tell, {
      failing: (reason) =>
        `No checkpoint can be written to ${directory} (${reason}). Nothing is lost: the journal there has what came since the last one.`,
      well: `A checkpoint was written to ${directory} again.`,
    });
    this.#checkpoints = new CheckpointTimer(
      () => checkpointHealth.try(save),
      () => folder.release(),
    );
    const journalHealth = new WriteHealth(tell, {
      failing: (reason) =>
        `The state folder ${directory} cannot be written to (${reason}). Nothing is executed until it can be; what was answered is kept.`,
      well: `The state folder ${directory} can be written to again.`,
    });
    instance.keepIn((record) => {
      const isKept = journalHealth.try(() => folder.append(record));
      if (isKept) this.#checkpoints.noteChange();
      return isKept;
    });
  }

  /** Saves what is not saved yet, and gives the folder free. Nothing happens in the instance any more. */
  close(): void {
    // An operation that still runs must not write to a folder that is another's by then.
    this.instance.keepIn(() => false);
    this.#checkpoints.close();
  }
}

async function replay(
  instance: PocketIcInstance,
  records: Iterable<InstanceRecord>,
  directory: string,
): Promise<void> {
  try {
    await instance.replay(records);
  } catch (cause) {
    if (cause instanceof StateDirectoryError || isSystemError(cause)) throw cause;
    throw diverged(directory, cause);
  }
}

/** Refuses a folder that has files and no state: they are somebody's, and nothing of ours. */
function refuseForeign(directory: string): void {
  try {
    if (!existsSync(directory) || !statSync(directory).isDirectory()) return;
    const names = readdirSync(directory);
    const foreign = names.find((name) => !OWN_FILE.test(name));
    if (foreign === undefined || names.includes('manifest')) return;
    throw new StateDirectoryError(
      'occupied',
      `The folder ${directory} has files and no state of an instance (${foreign}). Name an empty folder, or one that an instance was made with.`,
    );
  } catch (error) {
    throw aboutDirectory(error, directory);
  }
}
