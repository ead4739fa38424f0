import { FileDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { MissingRecord } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { errorMessage } from '../../components/error-message.ts';
import { saveFile } from '../../components/save-file.ts';
import { showError, showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { type ExportProgress, wholeExport } from './whole-export.ts';

/** Of many records that could not be had, so many are named on the page; the file names all. */
const NAMED = 20;

/** Saves all that is held about the user as a JSON list of the pages of `export_user`, with the records that these leave out. */
export function ExportUser(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const [progress, setProgress] = useState<ExportProgress>();
  const [missing, setMissing] = useState<readonly MissingRecord[]>([]);
  const { yourData } = texts;
  const run = async () => {
    setMissing([]);
    try {
      const whole = await wholeExport(client, { userId, why: errorMessage, onProgress: setProgress });
      saveFile({ name: 'agent-service.json', mime: 'application/json', text: whole.text });
      setMissing(whole.missing);
      showToast(
        whole.missing.length === 0
          ? { title: yourData.exported, tone: 'good' }
          : { title: yourData.exportedWithout(whole.missing.length), tone: 'bad' },
      );
    } catch (error) {
      showError(error, yourData.exportFailed);
    } finally {
      setProgress(undefined);
    }
  };
  return (
    <>
      <Button icon={FileDown} isPending={progress !== undefined} onPress={() => void run()}>
        {yourData.export}
      </Button>
      <span role="status" className="muted">
        {progress && yourData.exporting(progress.pages, progress.records)}
      </span>
      <div role="alert">
        {missing.length > 0 && (
          <>
            <p className="field-error">{yourData.exportedWithout(missing.length)}</p>
            <ul className="your-data-missing">
              {missing.slice(0, NAMED).map(({ name, why }) => (
                <li key={name}>
                  <code>{name}</code> <span className="muted">{why}</span>
                </li>
              ))}
            </ul>
            {missing.length > NAMED && (
              <p className="muted">{yourData.moreMissing(missing.length - NAMED)}</p>
            )}
          </>
        )}
      </div>
    </>
  );
}
