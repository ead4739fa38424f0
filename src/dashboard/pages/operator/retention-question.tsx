import { type ReactNode, useState } from 'react';
import type { PreviewRetentionRequest } from '../../../client/index.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Facts } from '../../components/side-panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { texts } from '../../texts/en.ts';
import { type RetentionCount, useRetentionCount } from './use-retention-count.ts';

/** Shows what goes if this is saved, and when, and has its number typed before it is. */
export function RetentionQuestion({
  numbers,
  onConfirm,
  onClose,
}: {
  /** What is to be saved of the retention. */
  readonly numbers: PreviewRetentionRequest;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}): ReactNode {
  const { count, error, retry } = useRetentionCount(numbers);
  const [typed, setTyped] = useState('');
  const { retention } = texts;
  const isCounted = count.state !== 'counting' && error === null;
  const answer = answerTo(count);
  return (
    <ConfirmDialog
      isOpen
      title={retention.ask}
      confirm={retention.confirm}
      isReady={isCounted && sameAnswer(typed, answer)}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {error === null ? <Counts count={count} /> : <ErrorState error={error} onRetry={retry} />}
      {isCounted && (
        <TextField label={retention.type(answer)} value={typed} onChange={setTyped} placeholder={answer} />
      )}
    </ConfirmDialog>
  );
}

function Counts({ count }: { readonly count: RetentionCount }): ReactNode {
  const { retention } = texts;
  const { interactions, activities, users, state, effectiveAt } = count;
  const told = (value: bigint | number) =>
    state === 'done' ? inDigits(value) : retention.atLeast(inDigits(value));
  return (
    <>
      <p>{retention.what}</p>
      <Facts
        facts={[
          [retention.counts.interactions, told(interactions)],
          [retention.counts.activities, told(activities)],
          [retention.counts.users, told(users)],
        ]}
      />
      <p role="status">
        {state === 'counting'
          ? retention.counting
          : state === 'cut'
            ? retention.cut
            : interactions + activities === 0n && retention.nothing}
      </p>
      {effectiveAt !== undefined && (
        <>
          <p>
            {retention.when} <Time ns={effectiveAt} form="absolute" /> (<Time ns={effectiveAt} />
            ).
          </p>
          <p>{retention.untilThen}</p>
        </>
      )}
      {effectiveAt === undefined && state !== 'counting' && <p>{retention.atOnce}</p>}
    </>
  );
}

/** The number of records that go, or a word where that is none. */
function answerTo({ interactions, activities }: RetentionCount): string {
  const records = interactions + activities;
  return records === 0n ? texts.retention.word : inDigits(records);
}

/** A number may be typed without what separates its thousands. */
function sameAnswer(typed: string, answer: string): boolean {
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/(?<=\d)[\s,.’'](?=\d)/g, '');
  return plain(typed) === plain(answer);
}

function inDigits(value: bigint | number): string {
  return value.toLocaleString('en');
}
