import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Event } from '../../client/index.ts';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { followEvents } from './follow-events.ts';

/** Gets what happened, oldest first. */
type Listener = (events: readonly Event[]) => void;

/** How often the feed asks: the page that is looked at, and one in the background. */
const INTERVAL_MS = 2000;
const HIDDEN_INTERVAL_MS = 20_000;

const LiveContext = createContext<Set<Listener> | undefined>(undefined);

/** The first part of the key of a list that is read by cursor: it is brought up to date by its own listener. */
export const LIST_KEY = 'list';

/** Follows what happens about the user who is shown: tells those who listen, and reads again what is on the page about them. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const queries = useQueryClient();
  const listeners = useMemo(() => new Set<Listener>(), []);
  useEffect(() => {
    const stop = new AbortController();
    void followEvents({
      read: (after) => client.getEvents({ after, filter: { userId } }),
      onEvents: (events) => {
        for (const listener of listeners) listener(events);
        void queries.invalidateQueries({
          predicate: ({ queryKey }) => queryKey[0] !== LIST_KEY && queryKey.includes(userId),
        });
      },
      wait: (intervals) => pause(intervals, stop.signal),
      signal: stop.signal,
    });
    return () => stop.abort();
  }, [client, userId, queries, listeners]);
  return <LiveContext value={listeners}>{children}</LiveContext>;
}

/** Calls the listener with what happens about the user who is shown. */
export function useLiveEvents(listener: Listener): void {
  const listeners = useContext(LiveContext);
  if (listeners === undefined) throw new TypeError('there is no LiveProvider around this');
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => {
    const listen: Listener = (events) => newest.current(events);
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  }, [listeners]);
}

/** Waits, and no longer than until the page is looked at again, the device is online again, or the signal ends it. */
function pause(intervals: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const reasons = new AbortController();
    const go = () => {
      clearTimeout(timer);
      reasons.abort();
      resolve();
    };
    const interval = document.hidden ? HIDDEN_INTERVAL_MS : INTERVAL_MS;
    const timer = setTimeout(go, intervals * interval);
    document.addEventListener('visibilitychange', go, { signal: reasons.signal });
    addEventListener('online', go, { signal: reasons.signal });
    signal.addEventListener('abort', go, { signal: reasons.signal });
  });
}
