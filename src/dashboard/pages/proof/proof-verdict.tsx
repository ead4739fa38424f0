import { ScrollText, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { texts } from '../../texts/en.ts';
import type { ProofState } from './use-proof.ts';

/** How far the check is, and what it came to: in words, with a colour that repeats them. */
export function ProofVerdict({
  state,
  onCancel,
  onRetry,
}: {
  readonly state: ProofState;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}): ReactNode {
  const { proof } = texts;
  switch (state.kind) {
    case 'idle':
      return (
        <div className="card">
          <EmptyState icon={ScrollText} title={proof.idle} help={proof.idleHelp} />
        </div>
      );
    case 'reading': {
      const { read, all } = state;
      return (
        <Running
          text={proof.reading(read.toLocaleString('en'), all.toLocaleString('en'))}
          onCancel={onCancel}
        >
          <progress aria-label={proof.title} max={Math.max(all, 1)} value={read} />
        </Running>
      );
    }
    case 'verifying':
      return (
        <Running text={proof.verifying} onCancel={onCancel}>
          <progress aria-label={proof.title} />
        </Running>
      );
    case 'proven': {
      const { report, file } = state;
      const entries = report.lastIndex - report.firstIndex + 1n;
      return (
        <div className="verdict verdict-good" role="status">
          <ShieldCheck size={30} strokeWidth={1.6} aria-hidden />
          <div>
            <h2>{proof.proven}</h2>
            <p>{proof.provenText(entries.toLocaleString('en'))}</p>
            {file !== undefined && <p>{proof.ofFile(file)}</p>}
          </div>
        </div>
      );
    }
    case 'broken':
      return (
        <Broken title={proof.failed} text={proof.failedText} reason={state.message}>
          {state.file !== undefined && <p>{proof.ofFile(state.file)}</p>}
        </Broken>
      );
    case 'unreadable':
      return <Broken title={proof.unreadable} text={proof.unreadableText} reason={state.message} />;
    case 'untrusted':
      return <Broken title={proof.untrusted} text={proof.untrustedText} reason={state.message} />;
    case 'error':
      return (
        <div className="card">
          <ErrorState error={state.error} onRetry={onRetry} />
        </div>
      );
  }
}

function Running({
  text,
  onCancel,
  children,
}: {
  readonly text: string;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="card proof-running">
      <p>{text}</p>
      {children}
      <Button onPress={onCancel}>{texts.proof.cancel}</Button>
    </div>
  );
}

function Broken({
  title,
  text,
  reason,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="verdict verdict-bad" role="alert">
      <ShieldAlert size={30} strokeWidth={1.6} aria-hidden />
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
        <p className="code verdict-reason">{reason}</p>
        {children}
      </div>
    </div>
  );
}
