import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Settings, UpdateSettingsRequest } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { FormError } from '../../components/form-error.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { NumberFieldSet } from './number-field-set.tsx';
import { typedOf } from './number-fields.ts';
import { RetentionQuestion } from './retention-question.tsx';
import { changesOf, isEmpty, keepsLess, type TypedSettings } from './setting-changes.ts';
import { LIMIT_NAMES, QUERY_TOKENS, RETENTION_NAMES } from './setting-names.ts';

/** The settings in fields. Saves what was changed, and asks first where records would go. */
export function SettingsForm({ settings }: { readonly settings: Settings }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  // What the fields were filled with: settings that others change meanwhile are no changes of this form.
  const [base, setBase] = useState(settings);
  const [typed, setTyped] = useState(() => filledWith(settings));
  const [asked, setAsked] = useState<UpdateSettingsRequest>();
  const { operator, retention: about } = texts;
  const changes = changesOf(base, typed);
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (request: UpdateSettingsRequest) => client.updateSettings(request),
    onSuccess: async (_answer, request) => {
      const saved = await client.getSettings();
      queries.setQueryData(['settings'], saved);
      setBase(saved);
      setTyped(filledWith(saved));
      const waits = keepsLess(saved.retention, request.retention);
      showToast({ title: waits ? about.wait : operator.saved, tone: 'good' });
    },
  });
  const save = (request: UpdateSettingsRequest) => {
    if (keepsLess(settings.retention, request.retention)) setAsked(request);
    // The error is shown below the fields.
    else void mutateAsync(request).catch(() => undefined);
  };
  const set = (part: Partial<TypedSettings>) => setTyped({ ...typed, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (changes !== undefined && !isEmpty(changes)) save(changes);
      }}
    >
      <NumberFieldSet
        legend={operator.limitsTitle}
        labels={operator.limits}
        names={LIMIT_NAMES}
        typed={typed.limits}
        error={error}
        onChange={(limits) => set({ limits })}
      />
      <NumberFieldSet
        legend={operator.retentionTitle}
        help={operator.retentionHelp}
        labels={operator.retention}
        names={RETENTION_NAMES}
        typed={typed.retention}
        error={error}
        onChange={(retention) => set({ retention })}
      />
      <SelectField
        label={operator.tokens}
        value={typed.queryTokens}
        options={QUERY_TOKENS.map((value) => ({ value, label: operator.queryTokens[value] }))}
        onChange={(queryTokens) => set({ queryTokens })}
      />
      <FormError error={error} />
      <Button
        type="submit"
        tone="primary"
        isPending={isPending}
        isDisabled={changes === undefined || isEmpty(changes)}
      >
        {operator.save}
      </Button>
      {asked?.retention !== undefined && (
        <RetentionQuestion
          numbers={asked.retention}
          onConfirm={() => mutateAsync(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </form>
  );
}

function filledWith({ limits, retention, queryTokens }: Settings): TypedSettings {
  return {
    limits: typedOf(LIMIT_NAMES, limits),
    retention: typedOf(RETENTION_NAMES, retention),
    queryTokens,
  };
}
