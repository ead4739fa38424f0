import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import type { ShownSession } from './use-session.ts';

/** Ends a session once it is confirmed. */
export function EndSession({
  session: { sessionId, agentType },
}: {
  readonly session: ShownSession;
}): ReactNode {
  const { client } = useService();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const { records, sessions } = texts;
  return (
    <>
      <Button tone="danger" onPress={() => setIsAsking(true)}>
        {sessions.end}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={sessions.endTitle(records.agentTypes[agentType])}
        confirm={sessions.end}
        onConfirm={async () => {
          await client.endAgentSession(sessionId);
          await queries.invalidateQueries({ queryKey: ['session'] });
          showToast({ title: sessions.endedToast });
        }}
        onClose={() => setIsAsking(false)}
      >
        <p>{sessions.endText}</p>
      </ConfirmDialog>
    </>
  );
}
