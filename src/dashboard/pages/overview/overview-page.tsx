import './overview-page.css';
import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';
import { ConnectedServices } from './connected-services.tsx';
import { Figures } from './figures.tsx';
import { NewestActivity } from './newest-activity.tsx';

/** What a person sees first: which services are connected, what is open, and what happened last. */
export function OverviewPage(): ReactNode {
  return (
    <Page title={texts.overview.title}>
      <Figures />
      <div className="overview-columns">
        <NewestActivity />
        <ConnectedServices />
      </div>
    </Page>
  );
}
