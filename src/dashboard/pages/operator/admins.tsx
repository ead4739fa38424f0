import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Admin } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { errorMessage } from '../../components/error-message.ts';
import { TextField } from '../../components/fields.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { principalIn } from '../../components/principal-text.ts';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { REFRESH_MS } from './operator-only.tsx';

/** Who runs the service; naming and removing them. */
export function Admins(): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [leaving, setLeaving] = useState<Admin>();
  const admins = useQuery({
    queryKey: ['admins'],
    queryFn: () => client.listAdmins(),
    refetchInterval: REFRESH_MS,
  });
  const { operator } = texts;
  const add = async () => {
    const principal = principalIn(typed);
    setError(principal === undefined ? texts.agents.principalBad : undefined);
    if (principal === undefined) return;
    try {
      await client.addAdmin(principal);
      setTyped('');
      showToast({ title: operator.adminAdded, tone: 'good' });
      await queries.invalidateQueries({ queryKey: ['admins'] });
    } catch (reason) {
      setError(errorMessage(reason));
    }
  };
  return (
    <>
      <Loaded reading={admins} rows={3}>
        {(all) => (
          <ul className="rows">
            {all.map((one) => (
              <li key={one.admin.toText()}>
                <span className="rows-text">
                  <Identifier text={one.admin.toText()} what={operator.admins} />
                  <span className="muted">
                    {operator.added} <Time ns={one.addedAt} />
                  </span>
                </span>
                <span className="rows-end">
                  <Button tone="danger" onPress={() => setLeaving(one)}>
                    {operator.remove}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <form
        className="operator-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField label={operator.admin} value={typed} onChange={setTyped} error={error} />
        <Button type="submit">{operator.addAdmin}</Button>
      </form>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        title={operator.removeAdminTitle}
        confirm={operator.remove}
        onConfirm={async () => {
          if (leaving === undefined) return;
          await client.removeAdmin(leaving.admin);
          await queries.invalidateQueries({ queryKey: ['admins'] });
        }}
        onClose={() => setLeaving(undefined)}
      >
        <p className="code">{leaving?.admin.toText()}</p>
        <p>{operator.removeAdminText}</p>
      </ConfirmDialog>
    </>
  );
}
