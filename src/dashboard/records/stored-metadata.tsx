import type { ReactNode } from 'react';
import { JsonTree } from '../components/json-tree.tsx';
import { PanelSection } from '../components/panel-section.tsx';
import { texts } from '../texts/en.ts';

/** The metadata of an activity, as it is stored. */
export function StoredMetadata({ json }: { readonly json: string | undefined }): ReactNode {
  const { activities, lists } = texts;
  return (
    json !== undefined && (
      <PanelSection title={`${lists.metadata}: ${activities.stored}`}>
        <JsonTree json={json} />
      </PanelSection>
    )
  );
}
