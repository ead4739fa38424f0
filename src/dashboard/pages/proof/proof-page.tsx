import './proof-page.css';
import { Download, FileCheck, ShieldCheck } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card, Page } from '../../components/page.tsx';
import { saveFile } from '../../components/save-file.ts';
import { texts } from '../../texts/en.ts';
import { BrokenChain, ProofChain } from './proof-chain.tsx';
import { ProofVerdict } from './proof-verdict.tsx';
import { useProof } from './use-proof.ts';
import { WitnessField } from './witness-field.tsx';

const COMMAND = 'agent-service verify-log';

/** Checks the audit log in the browser, and says in words why one can rely on it, and for what. */
export function ProofPage(): ReactNode {
  const [witness, setWitness] = useState('');
  const { state, checkService, checkFile, cancel } = useProof(witness);
  const chooser = useRef<HTMLInputElement>(null);
  const { proof } = texts;
  const isRunning = state.kind === 'reading' || state.kind === 'verifying';
  return (
    <Page
      title={proof.title}
      about={proof.about}
      actions={
        <>
          <input
            ref={chooser}
            className="visually-hidden"
            type="file"
            aria-label={proof.file}
            tabIndex={-1}
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file !== undefined) void checkFile(file);
              target.value = '';
            }}
          />
          <Button icon={FileCheck} isDisabled={isRunning} onPress={() => chooser.current?.click()}>
            {proof.file}
          </Button>
          <Button
            tone="primary"
            icon={ShieldCheck}
            isDisabled={isRunning}
            onPress={() => void checkService()}
          >
            {state.kind === 'idle' ? proof.start : proof.again}
          </Button>
        </>
      }
    >
      <ProofVerdict state={state} onCancel={cancel} onRetry={() => void checkService()} />
      {(state.kind === 'proven' || state.kind === 'broken') && (
        <Card title={proof.chain}>
          {state.kind === 'proven' ? (
            <ProofChain report={state.report} />
          ) : (
            <BrokenChain index={state.index} />
          )}
        </Card>
      )}
      {state.kind === 'proven' && (
        <div className="proof-save">
          <Button
            icon={Download}
            onPress={() =>
              saveFile({
                name: `audit-log-${state.report.canisterId}.jsonl`,
                mime: 'application/jsonl',
                text: state.text,
              })
            }
          >
            {proof.save}
          </Button>
          <p className="muted">{proof.saveHelp(COMMAND)}</p>
        </div>
      )}
      <WitnessField value={witness} onChange={setWitness} />
      <div className="proof-limits">
        <Points title={proof.proves} points={proof.provesPoints} />
        <Points title={proof.provesNot} points={proof.provesNotPoints} />
      </div>
    </Page>
  );
}

function Points({
  title,
  points,
}: {
  readonly title: string;
  readonly points: readonly string[];
}): ReactNode {
  return (
    <Card title={title}>
      <ul className="proof-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </Card>
  );
}
