import { FileDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { saveFile } from '../../components/save-file.ts';
import { showToast } from '../../components/toasts.tsx';
import { errorMessage } from '../../service/error-message.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

/** Saves all that is held about the user as a JSON list of the pages of `export_user`. */
export function ExportUser(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const [count, setCount] = useState<number>();
  const { yourData } = texts;
  const run = async () => {
    const pages: string[] = [];
    setCount(0);
    try {
      let cursor: string | undefined;
      do {
        const { page, nextCursor } = await client.exportUser({ userId, cursor });
        pages.push(page);
        setCount(pages.length);
        cursor = nextCursor;
      } while (cursor !== undefined);
      saveFile({ name: 'agent-service.json', mime: 'application/json', text: `[${pages.join(',\n')}]\n` });
      showToast({ title: yourData.exported, tone: 'good' });
    } catch (error) {
      showToast({ title: yourData.exportFailed, text: errorMessage(error), tone: 'bad' });
    } finally {
      setCount(undefined);
    }
  };
  return (
    <>
      <Button icon={FileDown} isPending={count !== undefined} onPress={() => void run()}>
        {yourData.export}
      </Button>
      <span role="status" className="muted">
        {count !== undefined && yourData.exporting(count)}
      </span>
    </>
  );
}
