import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { LookAlikeNote } from '../../components/look-alike-note.tsx';
import { Time } from '../../components/time.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** The user ids that the caller owns: which is shown, and the way out of each link. */
export function OwnedIds(): ReactNode {
  const { client } = useService();
  const { userId: shown, owned, choose } = useUser();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<string>();
  const { ids } = texts;
  return (
    <>
      <ul className="rows">
        {owned.map(({ userId, linkedAt }) => (
          <li key={userId}>
            <span className="ids-name">
              {linkedAt === undefined ? (
                <Identifier text={userId} what={ids.own} />
              ) : (
                <strong>{userId}</strong>
              )}
              <LookAlikeNote userId={userId} />
              <span className="muted">
                {linkedAt === undefined ? (
                  ids.own
                ) : (
                  <>
                    {ids.linked} <Time ns={linkedAt} />
                  </>
                )}
              </span>
            </span>
            <span className="rows-end">
              {userId === shown ? (
                <Badge tone="good">{ids.shown}</Badge>
              ) : (
                <Button tone="quiet" onPress={() => choose(userId)}>
                  {ids.show}
                </Button>
              )}
              {linkedAt !== undefined && (
                <Button tone="danger" onPress={() => setLeaving(userId)}>
                  {ids.unlink}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        title={ids.unlinkTitle(leaving ?? '')}
        confirm={ids.unlink}
        onConfirm={async () => {
          if (leaving === undefined) return;
          await client.unlinkUser(leaving);
          await queries.invalidateQueries({ queryKey: ['my-users'] });
          showToast({ title: ids.unlinked(leaving) });
        }}
        onClose={() => setLeaving(undefined)}
      >
        <LookAlikeNote userId={leaving ?? ''} />
        <p>{ids.unlinkText}</p>
      </ConfirmDialog>
    </>
  );
}
