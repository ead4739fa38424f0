import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { LoadingState } from '../components/states.tsx';
import { CodeMissing } from './code-missing.tsx';
import { reloadWhenThere } from './reload.ts';

/** A page whose code is loaded when it is opened, or before. */
export interface PageComponent {
  (): ReactNode;
  /** Loads the code, once; where that fails, the page says so and tries again. */
  readonly preload: () => Promise<void>;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/** Every page that there is. */
const pages: PageComponent[] = [];

/**
 * The page in a file of its own. A file that was not reached is asked for again: at once when the device is online again, else less and less often.
 * React's `lazy` and the router's keep the first failure for good.
 */
export function pageCode(load: () => Promise<ComponentType>): PageComponent {
  let loaded: ComponentType | undefined;
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= load()
      .then((component) => {
        loaded = component;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  function Page(): ReactNode {
    const [Shown, setShown] = useState(() => loaded);
    const [error, setError] = useState<unknown>();
    useEffect(() => {
      if (Shown !== undefined) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let pause = FIRST_RETRY_MS;
      const stop = new AbortController();
      const attempt = (isBackOnline: boolean) => {
        clearTimeout(timer);
        run().then(
          () => {
            if (!stop.signal.aborted) setShown(() => loaded);
          },
          (reason: unknown) => {
            if (stop.signal.aborted) return;
            setError(reason);
            timer = setTimeout(() => attempt(false), pause);
            pause = Math.min(2 * pause, LAST_RETRY_MS);
            reloadWhenThere(reason, isBackOnline).catch(() => undefined);
          },
        );
      };
      addEventListener('online', () => attempt(true), { signal: stop.signal });
      attempt(false);
      return () => {
        clearTimeout(timer);
        stop.abort();
      };
    }, [Shown]);
    if (Shown !== undefined) return <Shown />;
    return error === undefined ? <LoadingState rows={8} /> : <CodeMissing />;
  }

  const page = Object.assign(Page, { preload: () => run().catch(() => undefined) });
  pages.push(page);
  return page;
}

/** Loads the pages one after the other while nothing else is to be done, so that they open offline too; not for who saves data. */
export function preloadWhenIdle(from = 0): void {
  const next = pages[from];
  if (next === undefined || savesData(navigator)) return;
  const go = () => void next.preload().then(() => preloadWhenIdle(from + 1));
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(go);
  else setTimeout(go, FIRST_RETRY_MS);
}

function savesData(device: object): boolean {
  return (
    'connection' in device &&
    typeof device.connection === 'object' &&
    device.connection !== null &&
    'saveData' in device.connection &&
    device.connection.saveData === true
  );
}
