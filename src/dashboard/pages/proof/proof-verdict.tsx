import { ScrollText, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { texts } from '../../texts/en.ts';
import type { ProofState } from './use-proof.ts';
import type { ProofReport } from './verify-messages.ts';

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
    case 'proven':
      return <Proven report={state.report} file={state.file} />;
    case 'broken':
      return (
        <Broken title={proof.failed} text={proof.failedText} reason={state.message}>
          {state.file !== undefined && <p>{proof.ofFile(state.file)}</p>}
        </Broken>
      );
    case 'forked':
      return <Broken title={proof.forked} text={proof.forkedText} reason={state.message} />;
    case 'badWitness':
      return <Broken title={proof.badWitness} text={proof.badWitnessText} reason={state.message} />;
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

function Proven({
  report,
  file,
}: {
  readonly report: ProofReport;
  readonly file: string | undefined;
}): ReactNode {
  const { proof } = texts;
  const { firstIndex, lastIndex, withheld, certifiedAt, doubts, kept, witness } = report;
  const isWhole = doubts.length === 0;
  return (
    <div className={isWhole ? 'verdict verdict-good' : 'verdict verdict-doubtful'} role="status">
      {isWhole ? (
        <ShieldCheck size={30} strokeWidth={1.6} aria-hidden />
      ) : (
        <ShieldAlert size={30} strokeWidth={1.6} aria-hidden />
      )}
      <div>
        <h2>{isWhole ? proof.proven : proof.doubtful}</h2>
        <p>{proof.provenText((lastIndex - firstIndex + 1n).toLocaleString('en'))}</p>
        <p>
          {proof.signed} <Time ns={certifiedAt} />.
        </p>
        {doubts.map((doubt) => (
          <p key={doubt}>{proof.doubt(doubt)}</p>
        ))}
        {withheld > 0 && <p>{proof.withheldText(withheld.toLocaleString('en'))}</p>}
        <p>
          {proof.kept[kept.kind]}
          {kept.kind !== 'none' && (
            <>
              {' '}
              <Time ns={kept.certifiedAt} form="absolute" />.
            </>
          )}
        </p>
        {witness !== undefined && (
          <p>
            {proof.witness.agrees(witness.agreeing.toLocaleString('en'), witness.newer.toLocaleString('en'))}
          </p>
        )}
        {file !== undefined && <p>{proof.ofFile(file)}</p>}
      </div>
    </div>
  );
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
