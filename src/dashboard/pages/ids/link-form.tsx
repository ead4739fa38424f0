import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { errorMessage } from '../../components/error-message.ts';
import { TextField } from '../../components/fields.tsx';
import { LookAlikeNote } from '../../components/look-alike-note.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

const CODE = /^[A-Z0-9]{20}$/i;

/** Makes a user id the caller's, with the code that an agent made for it. */
export function LinkForm(): ReactNode {
  const { client } = useService();
  const { choose } = useUser();
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const [linked, setLinked] = useState('');
  const [isPending, setIsPending] = useState(false);
  const { ids } = texts;

  const redeem = async () => {
    if (!CODE.test(code.replaceAll(/[\s-]/g, ''))) {
      setError(ids.codeIncomplete);
      return;
    }
    setIsPending(true);
    setError(undefined);
    try {
      const userId = await client.redeemLinkCode(code.trim());
      await queries.invalidateQueries({ queryKey: ['my-users'] });
      choose(userId);
      setCode('');
      setLinked(userId);
      showToast({ title: ids.linkedToast(userId), tone: 'good' });
    } catch (reason) {
      setError(errorMessage(reason));
    } finally {
      setIsPending(false);
    }
  };
  return (
    <form
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        void redeem();
      }}
    >
      <TextField
        label={ids.code}
        value={code}
        onChange={setCode}
        placeholder={ids.codePlaceholder}
        help={ids.codeHelp}
        error={error}
      />
      <LookAlikeNote userId={linked} />
      <Button type="submit" tone="primary" icon={Link2} isPending={isPending}>
        {ids.link}
      </Button>
    </form>
  );
}
