import { type ReactNode, useEffect, useRef, useState } from 'react';
import { TextField } from '../components/fields.tsx';

/** Typing pauses for this long before the address follows, ms. */
const PAUSE_MS = 250;

/** Keeps what is typed by itself: the address follows later, and must not take a letter back. */
export function TextFilter({
  label,
  placeholder,
  value,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      onChange(next);
    }, PAUSE_MS);
  };
  return <TextField type="search" label={label} placeholder={placeholder} value={typed} onChange={change} />;
}
