import { Calendar, CircleCheckBig, GitBranch, type LucideIcon, Mail, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentType } from '../../client/index.ts';
import { texts } from '../texts/en.ts';
import './agent-type-label.css';

const ICONS: Readonly<Record<AgentType, LucideIcon>> = {
  GitHub: GitBranch,
  Asana: CircleCheckBig,
  Gmail: Mail,
  Calendar,
  InFoundr: Sparkles,
};

/** The service that an agent works with: its sign and its name. */
export function AgentTypeLabel({ type }: { readonly type: AgentType }): ReactNode {
  const Icon = ICONS[type];
  return (
    <span className="agent-type">
      <Icon size={15} strokeWidth={1.8} aria-hidden />
      {texts.records.agentTypes[type]}
    </span>
  );
}
