import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import { Time } from '../../components/time.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import type { ProofReport } from './verify-messages.ts';

type StepState = 'fits' | 'breaks' | 'unknown';

const ICONS = { fits: Check, breaks: X, unknown: Minus };

/** Who vouches for what, from the network's key to what is about the person; all of it where it was proved. */
export function ProofChain({ report }: { readonly report: ProofReport }): ReactNode {
  const isLocal = useService().config.rootKey !== undefined;
  const { proof } = texts;
  const { steps } = proof;
  const { subnet, canisterId, certifiedAt, own, shown, withheld, erased } = report;
  const [first, last] = [report.firstIndex.toLocaleString('en'), report.lastIndex.toLocaleString('en')];
  return (
    <ol className="proof-chain">
      <Step state="fits" name={steps.root.name}>
        <p>{isLocal ? steps.root.local : steps.root.ic}</p>
      </Step>
      <Step state="fits" name={steps.subnet.name}>
        <p>{subnet === undefined ? steps.subnet.none : steps.subnet.some}</p>
        {subnet !== undefined && <Identifier text={subnet} what={proof.subnet} />}
      </Step>
      <Step state="fits" name={steps.canister.name}>
        <p>{steps.canister.text}</p>
        <p className="proof-facts">
          <Identifier text={canisterId} what={proof.service} />
          <span className="muted">
            {proof.signed} <Time ns={certifiedAt} form="absolute" />
          </span>
        </p>
      </Step>
      <Step state="fits" name={steps.tip.name}>
        <p>{steps.tip.text(last)}</p>
      </Step>
      <Step state="fits" name={steps.entries.name}>
        <p>{steps.entries.text(first, last)}</p>
        <p className="muted">
          {steps.entries.counts(
            shown.toLocaleString('en'),
            withheld.toLocaleString('en'),
            erased.toLocaleString('en'),
          )}
        </p>
      </Step>
      <Step state="fits" name={steps.yours.name}>
        <p>{steps.yours.text(own.toLocaleString('en'))}</p>
      </Step>
    </ol>
  );
}

/** The same steps where one does not fit: the entries, which are checked first, or else what certifies them. */
export function BrokenChain({ index }: { readonly index: bigint | undefined }): ReactNode {
  const { steps } = texts.proof;
  const inEntries = index !== undefined;
  const certificate: StepState = inEntries ? 'unknown' : 'breaks';
  return (
    <ol className="proof-chain">
      <Step state="unknown" name={steps.root.name} />
      <Step state="unknown" name={steps.subnet.name} />
      <Step state={certificate} name={steps.canister.name} />
      <Step state={certificate} name={steps.tip.name} />
      <Step state={inEntries ? 'breaks' : 'unknown'} name={steps.entries.name} />
      <Step state="unknown" name={steps.yours.name} />
    </ol>
  );
}

function Step({
  state,
  name,
  children,
}: {
  readonly state: StepState;
  readonly name: string;
  readonly children?: ReactNode;
}): ReactNode {
  const Icon = ICONS[state];
  return (
    <li data-state={state}>
      <span className="proof-mark">
        <Icon size={14} strokeWidth={2.5} aria-hidden />
      </span>
      <div className="proof-step">
        <h3>
          {name}
          <span className={state === 'fits' ? 'visually-hidden' : 'proof-state'}>{texts.proof[state]}</span>
        </h3>
        {children}
      </div>
    </li>
  );
}
