import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { OwnedUser } from '../../client/index.ts';
import { useOwnedUsers, useService } from './service.tsx';

/** Whose records the pages show. */
export interface User {
  readonly userId: string;
  /** Those that the caller can choose from, the newest link first. */
  readonly owned: readonly OwnedUser[];
  readonly choose: (userId: string) => void;
}

const UserContext = createContext<User | undefined>(undefined);

/** Knows which of the caller's user ids is shown: the one they chose on this device, or the one that they linked last. */
export function UserProvider({
  fallback,
  children,
}: {
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { principal } = useService();
  const { users, isPending } = useOwnedUsers();
  const key = `agent-service.user.${principal}`;
  const [chosen, setChosen] = useState(() => localStorage.getItem(key) ?? undefined);
  const user = useMemo<User>(() => {
    const owned = [...users].sort((a, b) => Number((b.linkedAt ?? 0n) - (a.linkedAt ?? 0n)));
    const shown = owned.find(({ userId }) => userId === chosen) ?? owned[0];
    return {
      userId: shown?.userId ?? principal,
      owned,
      choose: (userId) => {
        localStorage.setItem(key, userId);
        setChosen(userId);
      },
    };
  }, [users, chosen, principal, key]);
  if (isPending) return fallback;
  return <UserContext value={user}>{children}</UserContext>;
}

export function useUser(): User {
  const user = useContext(UserContext);
  if (user === undefined) throw new TypeError('there is no UserProvider around this');
  return user;
}
