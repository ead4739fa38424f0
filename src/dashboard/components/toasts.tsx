import './toasts.css';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { texts } from '../texts/en.ts';
import { IconButton } from './button.tsx';
import { errorMessage } from './error-message.ts';

/** A message that goes by itself. */
export interface Toast {
  readonly title: string;
  readonly text?: string;
  readonly tone?: 'plain' | 'good' | 'bad';
}

type Shown = Toast & { readonly id: number };

const SHOWN_MS = 8000;
const MOST = 4;

let toasts: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** Shows a message in the corner for some seconds. */
export function showToast(toast: Toast): void {
  last++;
  set([...toasts, { ...toast, id: last }].slice(-MOST));
}

/** Says in the corner that something failed, and why. */
export function showError(error: unknown, title = texts.errors.title): void {
  showToast({ title, text: errorMessage(error), tone: 'bad' });
}

/** Where messages appear; once a page. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className="toasts" aria-label={texts.parts.notifications} aria-live="polite">
      {shown.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastBox({ toast: { id, title, text, tone = 'plain' } }: { readonly toast: Shown }): ReactNode {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className={`toast toast-${tone}`}>
      <div className="toast-text">
        <p className="toast-title">{title}</p>
        {text !== undefined && <p>{text}</p>}
      </div>
      <IconButton icon={X} label={texts.parts.dismiss} onPress={() => dismiss(id)} />
    </div>
  );
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

function set(next: readonly Shown[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
