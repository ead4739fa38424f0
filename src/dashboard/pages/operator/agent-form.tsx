import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Agent } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { dateField, endOfDay } from '../../components/dates.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import { FormError } from '../../components/form-error.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { principalIn } from '../../components/principal-text.ts';
import { showToast } from '../../components/toasts.tsx';
import { missingRights, PERMISSIONS, type Rights, RightsFields } from '../../records/rights.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';

const SCOPES = ['granted_users', 'every_user'] as const;
/** What takes an expiry away. */
const NO_EXPIRY = 0n;

/** Adds an agent, or changes what one may do. */
export function AgentForm({
  agent,
  onDone,
}: {
  readonly agent: Agent | undefined;
  readonly onDone: () => void;
}): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [name, setName] = useState(agent?.name ?? '');
  const [rights, setRights] = useState<Rights>(agent ?? { agentTypes: [], permissions: PERMISSIONS });
  const [scope, setScope] = useState<Agent['scope']>(agent?.scope ?? 'granted_users');
  const [end, setEnd] = useState(dateField(agent?.expiresAt));
  const [isTried, setIsTried] = useState(false);
  const { operator, agents } = texts;
  const principal = agent?.agent ?? principalIn(typed);
  const missing = missingRights(rights);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (principal === undefined) return;
      const { agentTypes, permissions } = rights;
      const said = { agent: principal, name: name.trim(), agentTypes, permissions, scope };
      const expiresAt = endOfDay(end);
      if (agent === undefined) await client.addAgent({ ...said, expiresAt });
      else await client.updateAgent({ ...said, expiresAt: expiresAt ?? NO_EXPIRY });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['agents'] });
      showToast({ title: operator.saved, tone: 'good' });
      onDone();
    },
  });
  return (
    <form
      className="panel-form"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (principal !== undefined && name.trim() !== '' && missing === undefined) mutate();
      }}
    >
      {agent === undefined ? (
        <TextField
          label={agents.principal}
          value={typed}
          onChange={setTyped}
          error={isTried && principal === undefined ? agents.principalBad : undefined}
        />
      ) : (
        <Identifier text={agent.agent.toText()} what={agents.agent} />
      )}
      <TextField
        label={operator.name}
        value={name}
        onChange={setName}
        error={isTried && name.trim() === '' ? operator.nameMissing : undefined}
      />
      <SelectField
        label={operator.scope}
        value={scope}
        options={SCOPES.map((value) => ({ value, label: operator.scopes[value] }))}
        onChange={setScope}
      />
      <RightsFields rights={rights} onChange={setRights} error={isTried ? missing : undefined} />
      <TextField label={agents.until} type="date" value={end} onChange={setEnd} help={agents.endHelp} />
      <FormError error={error} />
      <Button type="submit" tone="primary" isPending={isPending}>
        {agent === undefined ? operator.add : operator.save}
      </Button>
    </form>
  );
}
