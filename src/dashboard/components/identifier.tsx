import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { IconButton } from './button.tsx';
import './identifier.css';
import { showToast } from './toasts.tsx';

const HEAD = 11;
const TAIL = 5;

/** An id or a principal: shortened in the middle, whole when copied or pointed at. */
export function Identifier({
  text,
  what,
}: {
  readonly text: string;
  /** What it is, for the label of the copy button; without it there is none. */
  readonly what?: string;
}): ReactNode {
  return (
    <span className="identifier">
      <ShortId text={text} />
      {what !== undefined && <CopyButton text={text} what={what} />}
    </span>
  );
}

/** An id or a principal, shortened in the middle, and whole when it is pointed at. */
export function ShortId({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="code" title={text}>
      {shortened(text)}
    </span>
  );
}

/** The beginning and the end of a long text. */
export function shortened(text: string): string {
  return text.length > HEAD + TAIL + 3 ? `${text.slice(0, HEAD)}…${text.slice(-TAIL)}` : text;
}

/** Copies a text; `what` says what it is. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  return (
    <IconButton
      icon={Copy}
      label={texts.frame.copy(what)}
      onPress={() => {
        void navigator.clipboard.writeText(text).then(() => showToast({ title: texts.frame.copied }));
      }}
    />
  );
}
