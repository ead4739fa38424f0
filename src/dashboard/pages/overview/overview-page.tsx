import './overview-page.css';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SelectField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';
import { ConnectedServices } from './connected-services.tsx';
import { Figures } from './figures.tsx';
import { InteractionsOverTime } from './interactions-over-time.tsx';
import { NewestActivity } from './newest-activity.tsx';
import { RANGES, readOverviewSearch } from './overview-search.ts';
import { useAnalytics } from './use-analytics.ts';

const route = getRouteApi('/');

/** What a person sees first: what is open, how it goes, which services are connected, and what happened last. */
export function OverviewPage(): ReactNode {
  const { days = 30 } = route.useSearch();
  const navigate = route.useNavigate();
  const analytics = useAnalytics(days);
  const { overview } = texts;
  return (
    <Page
      title={overview.title}
      actions={
        <SelectField
          label={overview.range}
          value={String(days)}
          options={RANGES.map((range) => ({ value: String(range), label: overview.ranges[range] }))}
          onChange={(range) =>
            void navigate({
              search: readOverviewSearch({ days: Number(range) }),
              resetScroll: false,
            })
          }
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
