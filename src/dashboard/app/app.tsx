import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { FullPage } from '../components/full-page.tsx';
import { ErrorState } from '../components/states.tsx';
import { Toasts } from '../components/toasts.tsx';
import { type DashboardConfig, loadConfig } from '../config/config.ts';
import { SessionProvider, useSession } from '../identity/session.tsx';
import { LiveProvider } from '../live/live.tsx';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { untilDone } from '../service/again.ts';
import { ServiceProvider } from '../service/service.tsx';
import { UserProvider } from '../service/user.tsx';
import { preloadWhenIdle } from './page-code.tsx';
import { router } from './router.tsx';
import { Shell } from './shell.tsx';

const starting = <Shell />;

/** The dapp: its configuration, then who is signed in, then their pages. */
export function App(): ReactNode {
  const [config, setConfig] = useState<DashboardConfig>();
  const [error, setError] = useState<unknown>();
  useEffect(
    () =>
      untilDone(() => loadConfig(location.hostname), {
        device: window,
        onDone: setConfig,
        onError: setError,
      }),
    [],
  );
  if (config === undefined) return error === undefined ? starting : failed(error);
  return (
    <ErrorBoundary>
      <SessionProvider config={config} fallback={starting}>
        <Pages config={config} />
      </SessionProvider>
      <Toasts />
    </ErrorBoundary>
  );
}

function Pages({ config }: { readonly config: DashboardConfig }): ReactNode {
  const { identity } = useSession();
  const isSignedIn = identity !== undefined;
  useEffect(() => {
    if (isSignedIn) preloadWhenIdle();
  }, [isSignedIn]);
  if (identity === undefined) return <SignInPage config={config} />;
  return (
    <ServiceProvider config={config} fallback={(error) => (error === undefined ? starting : failed(error))}>
      <UserProvider fallback={starting}>
        <LiveProvider>
          <RouterProvider router={router} />
        </LiveProvider>
      </UserProvider>
    </ServiceProvider>
  );
}

function failed(error: unknown): ReactNode {
  return (
    <FullPage>
      <ErrorState error={error} onRetry={() => location.reload()} />
    </FullPage>
  );
}
