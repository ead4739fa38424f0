import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/states.tsx';
import { texts } from '../texts/en.ts';

/** In the place of a page whose code was not reached: it is asked for again by itself. */
export function CodeMissing(): ReactNode {
  const { codeMissing, codeOffline, codeUnreached } = texts.frame;
  return (
    <div role="alert">
      <EmptyState icon={CloudOff} title={codeMissing} help={navigator.onLine ? codeUnreached : codeOffline}>
        {navigator.onLine && <Button onPress={() => location.reload()}>{texts.errors.reload}</Button>}
      </EmptyState>
    </div>
  );
}
