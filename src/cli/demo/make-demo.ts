import { join } from 'node:path';
import { developmentIdentities } from '../networks/development-identities.ts';
import { noteCanister } from '../networks/network-file.ts';
import type { Progress } from '../terminal/progress.ts';
import { castOf, type OwnedUser, ownedUsers } from './demo-owners.ts';
import { type Demo, type DemoOptions, fillNetwork } from './fill-network.ts';

/** A demo in a folder. */
export interface FolderDemoOptions extends Omit<DemoOptions, 'cast'> {
  /** Gets the network's state and its identities; has no network yet. */
  readonly directory: string;
  readonly progress: Progress;
}

/** What a demo has left in its folder. */
export interface FolderDemo extends Pick<Demo, 'done' | 'refused'> {
  readonly owned: readonly OwnedUser[];
}

/** Plays a demo and leaves its network in a folder, for `start` to go on with. */
export async function makeDemo({ directory, progress, ...options }: FolderDemoOptions): Promise<FolderDemo> {
  const identities = await developmentIdentities(join(directory, 'identities'));
  const owned = ownedUsers(options.users, directory, identities);
  const { network, canisterId, done, refused } = await progress.step(
    `${options.days} days of ${options.users} users`,
    () => fillNetwork({ ...options, cast: castOf(owned, directory, identities) }),
  );
  network.network.saveTo(join(directory, 'state'));
  await network.dispose();
  noteCanister(directory, canisterId.toText());
  return { owned, done, refused };
}
