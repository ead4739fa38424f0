import type { Principal } from '@dfinity/principal';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SomeLimits } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { NumberFieldSet } from './number-field-set.tsx';
import { numbersIn, typedOf } from './number-fields.ts';
import { LIMIT_NAMES } from './setting-names.ts';

/** The limits of one agent, where they are not those of the settings. */
export function AgentLimits({
  agent,
  onDone,
}: {
  readonly agent: Principal;
  readonly onDone: () => void;
}): ReactNode {
  const { client } = useService();
  const query = useQuery({
    queryKey: ['agent-limits', agent.toText()],
    queryFn: () => client.getAgentLimits(agent),
    // A form is filled once, with what holds now.
    gcTime: 0,
  });
  return (
    <Loaded reading={query} rows={4}>
      {(limits) => <LimitsForm agent={agent} limits={limits} onDone={onDone} />}
    </Loaded>
  );
}

function LimitsForm({
  agent,
  limits,
  onDone,
}: {
  readonly agent: Principal;
  readonly limits: SomeLimits;
  readonly onDone: () => void;
}): ReactNode {
  const { client } = useService();
  const [typed, setTyped] = useState(() => typedOf(LIMIT_NAMES, limits));
  const numbers = numbersIn(LIMIT_NAMES, typed);
  const { operator } = texts;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (some: SomeLimits) => client.setAgentLimits({ agent, limits: some }),
    onSuccess: () => {
      showToast({ title: operator.saved, tone: 'good' });
      onDone();
    },
  });
  return (
    <form
      className="panel-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (numbers !== undefined) mutate(numbers);
      }}
    >
      <NumberFieldSet
        legend={operator.ownLimits}
        help={operator.ownLimitsHelp}
        labels={operator.limits}
        names={LIMIT_NAMES}
        typed={typed}
        error={error}
        onChange={setTyped}
      />
      <FormError error={error} />
      <Button type="submit" isPending={isPending} isDisabled={numbers === undefined}>
        {operator.saveLimits}
      </Button>
    </form>
  );
}
