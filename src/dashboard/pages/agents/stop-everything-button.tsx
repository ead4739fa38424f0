import { Principal } from '@dfinity/principal';
import { useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAgentUses, useCountedAgents, useGrants } from '../../records/use-agents.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { stopEverything } from './stop-everything.ts';

/** Asks, and then stops every agent that acted for the person or may, with all that they hold. */
export function StopEverythingButton(): ReactNode {
  const { client, principal } = useService();
  const { userId, isOther } = useUser();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const { data: grants } = useGrants();
  const { data: uses } = useAgentUses();
  const { data: counted } = useCountedAgents();
  const { agents } = texts;
  const own = [userId, principal, client.canisterId.toText()];
  const known = [
    ...(grants ?? []).map(({ agent }) => agent.toText()),
    ...(uses?.keys() ?? []),
    ...(counted?.byAgent ?? []).map(({ agent }) => agent.toText()),
  ];
  const all = [...new Set(known)].filter((one) => !own.includes(one));
  // The user alone may.
  if (isOther) return null;
  return (
    <>
      <Button
        tone="danger"
        icon={OctagonX}
        isDisabled={grants === undefined || uses === undefined || counted === undefined}
        onPress={() => setIsAsking(true)}
      >
        {agents.stopEverything}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={agents.stopEverythingTitle}
        confirm={agents.stopEverything}
        onConfirm={async () => {
          const principals = all.map((text) => Principal.fromText(text));
          await stopEverything(client, { userId, agents: principals });
          await queries.invalidateQueries();
          showToast({ title: agents.stoppedEverything });
        }}
        onClose={() => setIsAsking(false)}
      >
        <p>{agents.stopEverythingText(all.length)}</p>
        <p>{agents.stopEverythingMore}</p>
      </ConfirmDialog>
    </>
  );
}
