import './operator.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Settings } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Card, Page } from '../../components/page.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { showToast } from '../../components/toasts.tsx';
import { errorMessage } from '../../service/error-message.ts';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { Admins } from './admins.tsx';
import { NumberFieldSet } from './number-field-set.tsx';
import { numbersIn, typedOf } from './number-fields.ts';
import { OperatorOnly } from './operator-only.tsx';
import { LIMIT_NAMES, QUERY_TOKENS, RETENTION_NAMES } from './setting-names.ts';

/** What holds for all users and agents, and who may change it. */
export function SettingsPage(): ReactNode {
  const { operator } = texts;
  return (
    <Page title={operator.settings} about={operator.settingsAbout}>
      <OperatorOnly>
        <div className="operator-columns">
          <StoredSettings />
          <Card title={operator.admins}>
            <Admins />
          </Card>
        </div>
      </OperatorOnly>
    </Page>
  );
}

function StoredSettings(): ReactNode {
  const { client } = useService();
  const { data, error, refetch } = useQuery({ queryKey: ['settings'], queryFn: () => client.getSettings() });
  return (
    <div className="card settings">
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState rows={8} />
      ) : (
        <SettingsForm settings={data} />
      )}
    </div>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [limits, setLimits] = useState(() => typedOf(LIMIT_NAMES, settings.limits));
  const [retention, setRetention] = useState(() => typedOf(RETENTION_NAMES, settings.retention));
  const [queryTokens, setQueryTokens] = useState(settings.queryTokens);
  const { operator } = texts;
  const numbers = {
    limits: numbersIn(LIMIT_NAMES, limits),
    retention: numbersIn(RETENTION_NAMES, retention),
  };
  const canSave = numbers.limits !== undefined && numbers.retention !== undefined;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.updateSettings({ ...numbers, queryTokens }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['settings'] });
      showToast({ title: operator.saved, tone: 'good' });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) mutate();
      }}
    >
      <NumberFieldSet
        legend={operator.limitsTitle}
        labels={operator.limits}
        names={LIMIT_NAMES}
        typed={limits}
        error={error}
        onChange={setLimits}
      />
      <NumberFieldSet
        legend={operator.retentionTitle}
        help={operator.retentionHelp}
        labels={operator.retention}
        names={RETENTION_NAMES}
        typed={retention}
        error={error}
        onChange={setRetention}
      />
      <SelectField
        label={operator.tokens}
        value={queryTokens}
        options={QUERY_TOKENS.map((value) => ({ value, label: operator.queryTokens[value] }))}
        onChange={setQueryTokens}
      />
      <div role="alert">{error !== null && <p className="field-error">{errorMessage(error)}</p>}</div>
      <Button type="submit" tone="primary" isPending={isPending} isDisabled={!canSave}>
        {operator.save}
      </Button>
    </form>
  );
}
