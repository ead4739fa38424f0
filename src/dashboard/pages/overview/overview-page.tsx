import './overview-page.css';
import { type ReactNode, useState } from 'react';
import { SelectField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';
import { ConnectedServices } from './connected-services.tsx';
import { Figures } from './figures.tsx';
import { InteractionsOverTime } from './interactions-over-time.tsx';
import { NewestActivity } from './newest-activity.tsx';
import { useAnalytics } from './use-analytics.ts';

const RANGES = ['7', '30', '90'] as const;

/** What a person sees first: what is open, how it goes, which services are connected, and what happened last. */
export function OverviewPage(): ReactNode {
  const [range, setRange] = useState<(typeof RANGES)[number]>('30');
  const days = Number(range);
  const analytics = useAnalytics(days);
  const { overview } = texts;
  return (
    <Page
      title={overview.title}
      actions={
        <SelectField
          label={overview.range}
          value={range}
          options={RANGES.map((value) => ({ value, label: overview.ranges[value] }))}
          onChange={setRange}
        />
      }
    >
      <Figures analytics={analytics} days={days} />
      <div className="overview-columns">
        <InteractionsOverTime query={analytics} days={days} />
        <ConnectedServices />
        <NewestActivity />
      </div>
    </Page>
  );
}
