import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { AgentServiceClient, type OwnedUser, RefusalError, UnauthorizedError } from '../../client/index.ts';
import type { DashboardConfig } from '../config/config.ts';
import { useSession } from '../identity/session.tsx';
import { AGAIN_MS, isTemporary, untilDone } from './again.ts';

/** Calls of who is signed in. */
export interface Service {
  readonly client: AgentServiceClient;
  readonly config: DashboardConfig;
  /** The text of the principal that calls. */
  readonly principal: string;
}

const ServiceContext = createContext<Service | undefined>(undefined);

const STALE_MS = 30_000;
const RETRIES = 2;

/** Makes the client of who is signed in, with a cache that ends with them. Answers and their signatures are verified. */
export function ServiceProvider({
  config,
  fallback,
  children,
}: {
  readonly config: DashboardConfig;
  /** Shown until the client is there. */
  readonly fallback: (error: unknown) => ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { identity } = useSession();
  const [service, setService] = useState<Service>();
  const [error, setError] = useState<unknown>();
  const queries = useMemo(() => identity && newQueryClient(), [identity]);

  useEffect(() => {
    if (identity === undefined) return undefined;
    const { host, canisterId, rootKey } = config;
    // A page that lists secrets opens none of them: each key costs the service cycles, and what it opens is for whoever asks to see it.
    const options = { host, canisterId, identity, rootKey, sealing: 'manual' } as const;
    let made: AgentServiceClient | undefined;
    const stop = untilDone(() => AgentServiceClient.create(options), {
      device: window,
      onDone: (client) => {
        made = client;
        setError(undefined);
        setService({ client, config, principal: identity.getPrincipal().toText() });
      },
      onError: setError,
    });
    return () => {
      stop();
      // The keys that open secrets end with whoever was signed in.
      made?.close();
      setService(undefined);
    };
  }, [identity, config]);

  if (queries === undefined || service === undefined) return fallback(error);
  return (
    <ServiceContext value={service}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ServiceContext>
  );
}

export function useService(): Service {
  const service = useContext(ServiceContext);
  if (service === undefined) throw new TypeError('there is no ServiceProvider around this');
  return service;
}

/** The user ids that the caller owns: the text of their principal, and those that they linked. */
export function useOwnedUsers(): { readonly users: readonly OwnedUser[]; readonly isPending: boolean } {
  const { client } = useService();
  const { data, error } = useQuery({ queryKey: ['my-users'], queryFn: () => client.listMyUsers() });
  // Until they are known, nobody's records are shown: the network may not be there yet.
  return { users: data ?? [], isPending: data === undefined && !(error instanceof RefusalError) };
}

/** Whether the caller runs the service: admins and controllers alone may list the admins. Undefined until it is known. */
export function useIsOperator(): boolean | undefined {
  const { client } = useService();
  const { data } = useQuery({
    queryKey: ['is-operator'],
    queryFn: async () => {
      try {
        await client.listAdmins();
        return true;
      } catch (error) {
        if (error instanceof UnauthorizedError) return false;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the service refuses it refuses again.
        retry: (failures, error) => failures < RETRIES && !(error instanceof RefusalError),
        refetchInterval: ({ state: { error } }) => (isTemporary(error) ? AGAIN_MS : false),
      },
    },
  });
}
