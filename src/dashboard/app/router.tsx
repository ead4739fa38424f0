import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readActivitySearch } from '../pages/activities/activity-search.ts';
import { readCredentialSearch } from '../pages/credentials/credential-search.ts';
import { readInteractionSearch } from '../pages/interactions/interaction-search.ts';
import { readOverviewSearch } from '../pages/overview/overview-search.ts';
import { readSessionSearch } from '../pages/sessions/session-search.ts';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: MissingPage });

/** One route a page; a page's code is loaded when it is opened. README.md says how one is added. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    validateSearch: readOverviewSearch,
    component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/agents',
    component: lazyRouteComponent(() => import('../pages/agents/agents-page.tsx'), 'AgentsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/proof',
    component: lazyRouteComponent(() => import('../pages/proof/proof-page.tsx'), 'ProofPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sessions',
    validateSearch: readSessionSearch,
    component: lazyRouteComponent(() => import('../pages/sessions/sessions-page.tsx'), 'SessionsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/credentials',
    validateSearch: readCredentialSearch,
    component: lazyRouteComponent(
      () => import('../pages/credentials/credentials-page.tsx'),
      'CredentialsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/interactions',
    validateSearch: readInteractionSearch,
    component: lazyRouteComponent(
      () => import('../pages/interactions/interactions-page.tsx'),
      'InteractionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/activities',
    validateSearch: readActivitySearch,
    component: lazyRouteComponent(() => import('../pages/activities/activities-page.tsx'), 'ActivitiesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ids',
    component: lazyRouteComponent(() => import('../pages/ids/ids-page.tsx'), 'IdsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/data',
    component: lazyRouteComponent(() => import('../pages/your-data/your-data-page.tsx'), 'YourDataPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications',
    component: lazyRouteComponent(
      () => import('../pages/notifications/notifications-page.tsx'),
      'NotificationsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications/settings',
    component: lazyRouteComponent(
      () => import('../pages/notifications/notification-settings-page.tsx'),
      'NotificationSettingsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator',
    component: lazyRouteComponent(() => import('../pages/operator/operator-page.tsx'), 'OperatorPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/users',
    component: lazyRouteComponent(() => import('../pages/operator/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/agents',
    component: lazyRouteComponent(
      () => import('../pages/operator/registered-agents-page.tsx'),
      'RegisteredAgentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/settings',
    component: lazyRouteComponent(() => import('../pages/operator/settings-page.tsx'), 'SettingsPage'),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
