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
  const isLong = text.length > HEAD + TAIL + 3;
  return (
    <span className="identifier">
      <span className="code" title={text}>
        {isLong ? `${text.slice(0, HEAD)}…${text.slice(-TAIL)}` : text}
      </span>
      {what !== undefined && (
        <IconButton
          icon={Copy}
          label={texts.frame.copy(what)}
          onPress={() => {
            void navigator.clipboard.writeText(text).then(() => showToast({ title: texts.frame.copied }));
          }}
        />
      )}
    </span>
  );
}
