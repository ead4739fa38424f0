import './operator.css';
import './limits-page.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ServiceLimit } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { errorMessage } from '../../components/error-message.ts';
import { TextField } from '../../components/fields.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { inDigits, limitWords, wrongValue } from './limit-words.ts';
import { OperatorOnly } from './operator-only.tsx';

const LIMITS_KEY = ['service-limits'];

/** The limits of the service as a whole: what each is, and the way to set it or to go back to its default. */
export function LimitsPage(): ReactNode {
  const { limits } = texts;
  return (
    <Page title={limits.title} about={limits.about}>
      <OperatorOnly>
        <LimitList />
      </OperatorOnly>
    </Page>
  );
}

function LimitList(): ReactNode {
  const { client } = useService();
  const query = useQuery({
    queryKey: LIMITS_KEY,
    queryFn: () => client.listServiceLimits(),
  });
  const { limits } = texts;
  return (
    <div className="card">
      <Loaded
        reading={query}
        rows={5}
        empty={<EmptyState icon={Gauge} title={limits.none} help={limits.noneHelp} />}
      >
        {(data) => (
          <ul className="rows" aria-label={limits.title}>
            {data.map((limit) => (
              // Another value from elsewhere is what the field begins with.
              <LimitRow key={`${limit.name} ${limit.value}`} limit={limit} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}

function LimitRow({ limit }: { readonly limit: ServiceLimit }): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const { name, value, byDefault, least, most, isSet } = limit;
  const [typed, setTyped] = useState(value.toString());
  const { limits } = texts;
  const { title, about, unit } = limitWords(name);
  const wrong = wrongValue(typed, limit);
  const inUnit = (number: bigint) => (unit === undefined ? inDigits(number) : `${inDigits(number)} ${unit}`);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (next: bigint | undefined) => {
      await client.updateServiceLimits([{ name, value: next }]);
      return next ?? byDefault;
    },
    onSuccess: async (next) => {
      showToast({ title: limits.setTo(title, inUnit(next)), tone: 'good' });
      await queries.invalidateQueries({ queryKey: LIMITS_KEY });
    },
  });
  return (
    <li className="row-stack">
      <div className="row-facts">
        <span className="row-title">
          <strong>{title}</strong>
          {isSet && <Badge tone="warn">{limits.changed}</Badge>}
        </span>
        {about !== undefined && <span className="muted">{about}</span>}
        <span className="row-notes muted">
          {title !== name && <code>{name}</code>}
          <span>{limits.range(inDigits(least), inUnit(most))}</span>
          <span>{limits.byDefault(inUnit(byDefault))}</span>
        </span>
      </div>
      <form
        className="limit-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong === undefined) mutate(BigInt(typed.trim()));
        }}
      >
        <TextField
          label={limits.value}
          labelOf={limits.valueOf(title)}
          value={typed}
          onChange={setTyped}
          error={wrong ?? (error === null ? undefined : errorMessage(error))}
        />
        <Button
          type="submit"
          isPending={isPending}
          isDisabled={wrong !== undefined || typed.trim() === `${value}`}
        >
          {limits.set}
        </Button>
        <Button tone="quiet" isPending={isPending} isDisabled={!isSet} onPress={() => mutate(undefined)}>
          {limits.reset}
        </Button>
      </form>
    </li>
  );
}
