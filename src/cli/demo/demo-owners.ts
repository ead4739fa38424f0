import type { Principal } from '@dfinity/principal';
import { dashboardIdentities, keyOf } from '../dashboard/dashboard-identities.ts';
import type { DevelopmentIdentity, Role } from '../networks/development-identities.ts';
import { userNames } from './cast.ts';

/** A user of the demo whose owner somebody at this machine can be. */
export interface OwnedUser {
  readonly name: string;
  /** Who it belongs to, in words. */
  readonly who: string;
  readonly owner: Principal;
}

/** Those of so many users that belong to the identities of a folder: to people of the dapp first, as the first users have the most. */
export function ownedUsers(
  users: number,
  directory: string,
  identities: Readonly<Record<Role, DevelopmentIdentity>>,
): readonly OwnedUser[] {
  const owners = [
    ...dashboardIdentities(directory)
      .filter(({ role }) => role === 'user')
      .map((person) => ({ who: `${person.name} in the dapp`, identity: keyOf(person) })),
    { who: 'the development user', identity: identities.user.identity },
  ];
  const names = userNames(users);
  return owners
    .slice(0, users)
    .map(({ who, identity }, i) => ({ name: names[i] ?? '', who, owner: identity.getPrincipal() }));
}

/** Who plays whom in a demo on the network of a folder; the dapp's agent is the bot for mail. */
export function castOf(
  owned: readonly OwnedUser[],
  directory: string,
  { admin, agent }: Readonly<Record<Role, DevelopmentIdentity>>,
): ReadonlyMap<string, Principal> {
  const bots = dashboardIdentities(directory).filter(({ role }) => role === 'agent');
  return new Map([
    ['admin', admin.identity.getPrincipal()],
    ['agent', agent.identity.getPrincipal()],
    ...bots.map((bot) => ['mail-bot', keyOf(bot).getPrincipal()] as const),
    ...owned.map(({ name, owner }) => [name, owner] as const),
  ]);
}
