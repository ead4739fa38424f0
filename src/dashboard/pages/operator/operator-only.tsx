import { ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState, LoadingState } from '../../components/states.tsx';
import { useIsOperator } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';

/** How often pages of who runs the service are read again, ms. */
export const REFRESH_MS = 5000;

/** Shows what is in it to who runs the service; tells others that it is not for them. The service refuses them either way. */
export function OperatorOnly({ children }: { readonly children: ReactNode }): ReactNode {
  const isOperator = useIsOperator();
  if (isOperator === undefined) return <LoadingState />;
  if (isOperator) return children;
  return (
    <div className="card">
      <EmptyState icon={ShieldX} title={texts.operator.refused} help={texts.operator.refusedHelp} />
    </div>
  );
}
