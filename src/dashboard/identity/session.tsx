import { IdleManager } from '@dfinity/auth-client';
import type { DelegationIdentity } from '@dfinity/identity';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { DashboardConfig, DevelopmentIdentity } from '../config/config.ts';
import { delegatedIdentity, endOf, SIGNED_IN_MS } from './delegated-identity.ts';
import { InternetIdentity } from './internet-identity.ts';

/** Nobody touched the page for this long: it signs out, ms. */
const IDLE_MS = 15 * 60 * 1000;
/** How far the clocks of this device and of the network may be apart, ms. */
const CLOCKS_APART_MS = 24 * 60 * 60 * 1000;
/** Which development identity the tab goes on with after a reload. */
const DEVELOPMENT_KEY = 'agent-service.development-identity';

/** Why nobody is signed in any more. */
export type SignOutReason = 'chosen' | 'idle' | 'expired';

/** Who uses the page. */
export interface Session {
  readonly identity: DelegationIdentity | undefined;
  /** The name of a development identity. */
  readonly name: string | undefined;
  readonly signedOutBy: SignOutReason | undefined;
  readonly signInWithInternetIdentity: () => Promise<void>;
  readonly signInForDevelopment: (as: DevelopmentIdentity) => Promise<void>;
  readonly signOut: () => void;
}

interface SignedIn {
  readonly identity: DelegationIdentity;
  readonly name: string | undefined;
  /** When that ends by this device's clock, ms since 1970. */
  readonly until: number;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Knows who is signed in; goes on with who was before a reload, and signs out who is idle or whose time is over. */
export function SessionProvider({
  config,
  fallback,
  children,
}: {
  readonly config: DashboardConfig;
  /** Shown while it is not known yet. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const [provider, setProvider] = useState<InternetIdentity>();
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [signedOutBy, setSignedOutBy] = useState<SignOutReason>();

  useEffect(() => {
    let isCurrent = true;
    void resume(config).then(({ internetIdentity, who }) => {
      if (!isCurrent) return;
      setSignedIn(who);
      setProvider(internetIdentity);
    });
    return () => {
      isCurrent = false;
    };
  }, [config]);

  const leave = useCallback(
    (reason: SignOutReason) => {
      sessionStorage.removeItem(DEVELOPMENT_KEY);
      void provider?.signOut();
      setSignedIn(undefined);
      setSignedOutBy(reason);
    },
    [provider],
  );

  useEffect(() => {
    if (signedIn === undefined) return undefined;
    const idle = IdleManager.create({
      idleTimeout: IDLE_MS,
      captureScroll: true,
      onIdle: () => leave('idle'),
    });
    const left = () => signedIn.until - Date.now();
    const end = setTimeout(() => leave('expired'), Math.max(0, left()));
    const stopLooking = new AbortController();
    // Timers stand still while the device sleeps.
    const look = () => {
      if (left() <= 0) leave('expired');
    };
    document.addEventListener('visibilitychange', look, { signal: stopLooking.signal });
    return () => {
      clearTimeout(end);
      stopLooking.abort();
      // Else it would tell the callbacks on its way out that the person is idle.
      idle.callbacks = [];
      idle.exit();
    };
  }, [signedIn, leave]);

  const session = useMemo<Session | undefined>(
    () =>
      provider && {
        identity: signedIn?.identity,
        name: signedIn?.name,
        signedOutBy,
        signInWithInternetIdentity: async () => {
          setSignedIn(signedInWith(await provider.signIn()));
        },
        signInForDevelopment: async (as) => {
          setSignedIn(await developer(as));
          sessionStorage.setItem(DEVELOPMENT_KEY, as.name);
        },
        signOut: () => leave('chosen'),
      },
    [provider, signedIn, signedOutBy, leave],
  );
  if (session === undefined) return fallback;
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new TypeError('there is no SessionProvider around this');
  return session;
}

function signedInWith(identity: DelegationIdentity): SignedIn {
  return { identity, name: undefined, until: endOf(identity) };
}

async function resume(config: DashboardConfig): Promise<{
  readonly internetIdentity: InternetIdentity;
  readonly who: SignedIn | undefined;
}> {
  const internetIdentity = await InternetIdentity.open(config.identityProvider);
  const name = sessionStorage.getItem(DEVELOPMENT_KEY);
  const chosen = config.developmentIdentities.find((one) => one.name === name);
  if (chosen !== undefined) return { internetIdentity, who: await developer(chosen) };
  const identity = await internetIdentity.current();
  return { internetIdentity, who: identity && signedInWith(identity) };
}

async function developer({ seed, name }: DevelopmentIdentity): Promise<SignedIn> {
  const until = Date.now() + SIGNED_IN_MS;
  // The network may have another time than this device, and has to accept it all the same.
  return { identity: await delegatedIdentity(seed, until + CLOCKS_APART_MS), name, until };
}
