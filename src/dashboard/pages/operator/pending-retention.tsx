import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Settings } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { inForceOfPending, pendingNumbers } from './setting-changes.ts';
import { RETENTION_NAMES } from './setting-names.ts';

/** Tells which records will go and when, and takes that back; nothing where nothing is pending. */
export function PendingRetention({ settings }: { readonly settings: Settings }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const { retention } = texts;
  const pending = pendingNumbers(settings);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await client.updateSettings({ retention: inForceOfPending(settings) });
    },
    onSuccess: async () => {
      showToast({ title: retention.takenBack, tone: 'good' });
      await queries.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  const effectiveAt = settings.pendingRetention?.effectiveAt;
  if (effectiveAt === undefined) return null;
  return (
    <section className="note note-warn pending-retention" aria-label={retention.pendingTitle}>
      <div>
        <p>
          <strong>{retention.pendingTitle}</strong>
        </p>
        <p>
          {retention.pendingAt} <Time ns={effectiveAt} form="absolute" /> (<Time ns={effectiveAt} />
          ):
        </p>
        <ul>
          {RETENTION_NAMES.map((name) => {
            const value = pending[name];
            return (
              value !== undefined && <li key={name}>{retention.ofUsers[name](value.toLocaleString('en'))}</li>
            );
          })}
        </ul>
      </div>
      <Button icon={Undo2} isPending={isPending} onPress={() => mutate()}>
        {retention.takeBack}
      </Button>
      <FormError error={error} />
    </section>
  );
}
