import { useSyncExternalStore } from 'react';
import { errorMessage } from '../service/error-message.ts';
import { texts } from '../texts/en.ts';
import { showToast } from './toasts.tsx';

/** What is done after some seconds in which it can be taken back. */
export interface Undoable {
  /** What it is about: one at a time for each. */
  readonly id: string;
  /** Says what will happen. */
  readonly title: string;
  /** Says what did not happen, where it fails. */
  readonly failed: string;
  readonly run: () => Promise<unknown>;
}

const UNDO_MS = 6000;

let waiting: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** Does it after some seconds, unless the person takes it back; the browser asks before it closes the page in that time. */
export function doUnlessUndone({ id, title, failed, run }: Undoable): void {
  if (waiting.has(id)) return;
  const send = async () => {
    try {
      await run();
    } catch (error) {
      showToast({ title: failed, text: errorMessage(error), tone: 'bad' });
    } finally {
      forget(id);
    }
  };
  const timer = setTimeout(() => void send(), UNDO_MS);
  const undo = () => {
    clearTimeout(timer);
    forget(id);
  };
  set(new Set([...waiting, id]));
  showToast({ title, shownMs: UNDO_MS, action: { label: texts.parts.undo, run: undo } });
}

/** Whether something about the id is about to be done. */
export function useIsWaiting(id: string): boolean {
  return useSyncExternalStore(subscribe, () => waiting.has(id));
}

function forget(id: string): void {
  set(new Set([...waiting].filter((other) => other !== id)));
}

function set(next: ReadonlySet<string>): void {
  waiting = next;
  if (waiting.size > 0) addEventListener('beforeunload', askBeforeLeaving);
  else removeEventListener('beforeunload', askBeforeLeaving);
  for (const listener of listeners) listener();
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
