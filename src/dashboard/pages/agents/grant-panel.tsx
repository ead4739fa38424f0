import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Grant, type GrantAgentRequest, NotFoundError } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { dateField, endOfDay } from '../../components/dates.ts';
import { errorMessage } from '../../components/error-message.ts';
import { TextField } from '../../components/fields.tsx';
import { FormError } from '../../components/form-error.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { principalIn } from '../../components/principal-text.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { showToast } from '../../components/toasts.tsx';
import { missingRights, type Rights, RightsFields } from '../../records/rights.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** What is granted: a new grant, or one that is changed. */
export type GrantDraft = Grant | 'new';

/** What a new grant begins with: as little as is of use. */
const LEAST: Rights = { agentTypes: [], permissions: ['read'] };

/** Grants an agent rights, or changes what it has. */
export function GrantPanel({
  draft,
  onClose,
}: {
  readonly draft: GrantDraft | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { agents } = texts;
  return (
    <SidePanel
      isOpen={draft !== undefined}
      title={draft === 'new' ? agents.grantTitle : agents.changeTitle}
      onClose={onClose}
    >
      {draft !== undefined && <GrantForm grant={draft === 'new' ? undefined : draft} onDone={onClose} />}
    </SidePanel>
  );
}

function GrantForm({
  grant,
  onDone,
}: {
  readonly grant: Grant | undefined;
  readonly onDone: () => void;
}): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const queries = useQueryClient();
  const [principal, setPrincipal] = useState(grant?.agent.toText() ?? '');
  const [rights, setRights] = useState<Rights>(grant ?? LEAST);
  const [end, setEnd] = useState(dateField(grant?.expiresAt));
  const [isTried, setIsTried] = useState(false);
  const { agents } = texts;
  const agent = principalIn(principal);
  const missing = missingRights(rights);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (request: GrantAgentRequest) => client.grantAgent(request),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['grants', userId] });
      showToast({ title: grant === undefined ? agents.grantedToast : agents.changedToast, tone: 'good' });
      onDone();
    },
  });
  return (
    <form
      className="panel-form"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (agent === undefined || missing !== undefined) return;
        const { agentTypes, permissions } = rights;
        mutate({ userId, agent, agentTypes, permissions, expiresAt: endOfDay(end) });
      }}
    >
      {grant === undefined ? (
        <TextField
          label={agents.principal}
          value={principal}
          onChange={setPrincipal}
          help={agents.principalHelp}
          error={isTried && agent === undefined ? agents.principalBad : undefined}
        />
      ) : (
        <Identifier text={principal} what={agents.agent} />
      )}
      <RightsFields rights={rights} onChange={setRights} error={isTried ? missing : undefined} />
      <TextField label={agents.until} type="date" value={end} onChange={setEnd} help={agents.endHelp} />
      <FormError error={error} message={grantError} />
      <Button type="submit" tone="primary" isPending={isPending}>
        {grant === undefined ? agents.grant : agents.save}
      </Button>
    </form>
  );
}

function grantError(error: unknown): string {
  return error instanceof NotFoundError ? texts.agents.unknownAgent : errorMessage(error);
}
