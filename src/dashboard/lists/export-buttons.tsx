import { FileDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { saveFile } from '../components/save-file.ts';
import { showError, showToast } from '../components/toasts.tsx';
import { texts } from '../texts/en.ts';
import { CSV, type ExportFields, type ExportFormat, JSON_FILE } from './export-file.ts';

const { lists, parts } = texts;
/** How often the count of what was read is shown. */
const SHOWN_EACH = 500;

/** Saves all that matches as a file, also what no page has shown yet. */
export function ExportButtons<T>({
  name,
  fields,
  each,
}: {
  /** Of the file, without its extension. */
  readonly name: string;
  readonly fields: ExportFields<T>;
  /** Reads all that matches. */
  readonly each: () => AsyncIterable<T>;
}): ReactNode {
  const [count, setCount] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (format: ExportFormat) => {
    const { signal } = (running.current = new AbortController());
    const items: T[] = [];
    setCount(0);
    try {
      for await (const item of each()) {
        if (signal.aborted) return;
        items.push(item);
        if (items.length % SHOWN_EACH === 0) setCount(items.length);
      }
      saveFile({
        name: `${name}.${format.extension}`,
        mime: format.mime,
        text: format.write(fields, items),
      });
      showToast({ title: lists.exported(items.length), tone: 'good' });
    } catch (error) {
      showError(error, lists.exportFailed);
    } finally {
      setCount(undefined);
    }
  };

  if (count !== undefined) {
    return (
      <>
        <span role="status" className="muted">
          {lists.exporting(count)}
        </span>
        <Button onPress={() => running.current?.abort()}>{parts.cancel}</Button>
      </>
    );
  }
  return (
    <>
      {[CSV, JSON_FILE].map((format) => (
        <Button key={format.extension} icon={FileDown} onPress={() => void run(format)}>
          {parts.exportAs(format.extension.toUpperCase())}
        </Button>
      ))}
    </>
  );
}
