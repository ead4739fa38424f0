import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { LookAlikeNote } from '../../components/look-alike-note.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** Removes all that is held about the user, once they typed whose it is. */
export function EraseUser(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const { yourData } = texts;
  const close = () => {
    setIsAsking(false);
    setTyped('');
  };
  return (
    <>
      <Button tone="danger" icon={Trash2} onPress={() => setIsAsking(true)}>
        {yourData.erase}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={yourData.eraseAsk(userId)}
        confirm={yourData.erase}
        isReady={typed.trim() === userId}
        onConfirm={async () => {
          await client.eraseUser(userId);
          await queries.resetQueries();
          showToast({ title: yourData.erased, tone: 'good' });
        }}
        onClose={close}
      >
        <LookAlikeNote userId={userId} />
        <p>{yourData.eraseWarning}</p>
        <TextField label={yourData.eraseType} value={typed} onChange={setTyped} placeholder={userId} />
      </ConfirmDialog>
    </>
  );
}
