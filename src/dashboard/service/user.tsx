import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { OwnedUser } from '../../client/index.ts';
import { useOwnedUsers, useService } from './service.tsx';

/** Whose records the pages show. */
export interface User {
  readonly userId: string;
  /** Those that the caller can choose from, the newest link first. */
  readonly owned: readonly OwnedUser[];
  readonly choose: (userId: string) => void;
  /** Whether the user is another, whom the reader sees because they run the service: there is nothing of theirs to decide then. */
  readonly isOther: boolean;
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
      isOther: false,
      choose: (userId) => {
        localStorage.setItem(key, userId);
        setChosen(userId);
      },
    };
  }, [users, chosen, principal, key]);
  if (isPending) return fallback;
  return <UserContext value={user}>{children}</UserContext>;
}

/** Shows another user's records to who runs the service. */
export function OtherUserProvider({
  userId,
  children,
}: {
  readonly userId: string;
  readonly children: ReactNode;
}): ReactNode {
  const own = useUser();
  const user = useMemo<User>(() => ({ ...own, userId, isOther: true }), [own, userId]);
  return <UserContext value={user}>{children}</UserContext>;
}

export function useUser(): User {
  const user = useContext(UserContext);
  if (user === undefined) throw new TypeError('there is no UserProvider around this');
  return user;
}
