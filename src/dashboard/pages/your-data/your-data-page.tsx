import './your-data-page.css';
import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import { Card, Page } from '../../components/page.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { EraseUser } from './erase-user.tsx';
import { ExportUser } from './export-user.tsx';
import { KeptRecords } from './kept-records.tsx';

/** All that is held about the user: as a file, and its removal. */
export function YourDataPage(): ReactNode {
  const { userId } = useUser();
  const { frame, yourData } = texts;
  return (
    <Page
      title={yourData.title}
      about={yourData.about}
      actions={
        <span className="muted">
          {frame.showing} <Identifier text={userId} />
        </span>
      }
    >
      <Card title={yourData.exportTitle}>
        <div className="your-data">
          <p>{yourData.exportText}</p>
          <ExportUser />
        </div>
      </Card>
      <Card title={texts.retention.title}>
        <div className="your-data">
          <KeptRecords />
        </div>
      </Card>
      <Card title={yourData.eraseTitle}>
        <div className="your-data">
          <p>{yourData.eraseText}</p>
          <EraseUser />
        </div>
      </Card>
    </Page>
  );
}
