import {
  Activity,
  Bell,
  Bot,
  DatabaseBackup,
  Gauge,
  IdCard,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MessagesSquare,
  MonitorPlay,
  Settings2,
  ShieldCheck,
  SlidersHorizontal,
  Users,
  Waypoints,
} from 'lucide-react';
import { texts } from '../texts/en.ts';

/** Where a page stands in the navigation. */
export interface NavigationItem {
  readonly to:
    | '/'
    | '/sessions'
    | '/credentials'
    | '/interactions'
    | '/activities'
    | '/agents'
    | '/proof'
    | '/data'
    | '/ids'
    | '/notifications'
    | '/operator'
    | '/operator/users'
    | '/operator/agents'
    | '/operator/settings'
    | '/operator/limits';
  readonly title: string;
  readonly icon: LucideIcon;
  /** `service` is shown to who runs the service. */
  readonly group: 'yours' | 'service';
}

/** The pages that the navigation shows, in this order. */
export const NAVIGATION: readonly NavigationItem[] = [
  { to: '/', title: texts.overview.title, icon: LayoutDashboard, group: 'yours' },
  { to: '/sessions', title: texts.sessions.title, icon: MonitorPlay, group: 'yours' },
  { to: '/credentials', title: texts.credentials.title, icon: KeyRound, group: 'yours' },
  { to: '/interactions', title: texts.interactions.title, icon: MessagesSquare, group: 'yours' },
  { to: '/activities', title: texts.activities.title, icon: Activity, group: 'yours' },
  { to: '/agents', title: texts.agents.title, icon: Bot, group: 'yours' },
  { to: '/proof', title: texts.proof.title, icon: ShieldCheck, group: 'yours' },
  { to: '/notifications', title: texts.notifications.title, icon: Bell, group: 'yours' },
  { to: '/ids', title: texts.ids.title, icon: IdCard, group: 'yours' },
  { to: '/data', title: texts.yourData.title, icon: DatabaseBackup, group: 'yours' },
  { to: '/operator', title: texts.operator.title, icon: Gauge, group: 'service' },
  { to: '/operator/users', title: texts.operator.users, icon: Users, group: 'service' },
  { to: '/operator/agents', title: texts.operator.agents, icon: Waypoints, group: 'service' },
  { to: '/operator/settings', title: texts.operator.settings, icon: Settings2, group: 'service' },
  { to: '/operator/limits', title: texts.limits.title, icon: SlidersHorizontal, group: 'service' },
];
