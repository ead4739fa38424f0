import './ids-page.css';
import type { ReactNode } from 'react';
import { Card, Page } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';
import { LinkForm } from './link-form.tsx';
import { OwnedIds } from './owned-ids.tsx';

/** The user ids that the caller owns; linking one by a code, and unlinking it. */
export function IdsPage(): ReactNode {
  const { ids } = texts;
  return (
    <Page title={ids.title} about={ids.about}>
      <div className="page-columns">
        <Card title={ids.owned}>
          <OwnedIds />
        </Card>
        <Card title={ids.codeTitle}>
          <LinkForm />
        </Card>
      </div>
    </Page>
  );
}
