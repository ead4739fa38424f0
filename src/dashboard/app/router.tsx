import { createRootRoute, createRoute, createRouter, retainSearchParams } from '@tanstack/react-router';
import { readOpenSearch } from '../lists/open-record.ts';
import { readActivitySearch } from '../pages/activities/activity-search.ts';
import { readCredentialSearch } from '../pages/credentials/credential-search.ts';
import { readInteractionSearch } from '../pages/interactions/interaction-search.ts';
import { readUserSearch } from '../pages/operator/user-search.ts';
import { readOverviewSearch } from '../pages/overview/overview-search.ts';
import { readSessionSearch } from '../pages/sessions/session-search.ts';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';
import { pageCode } from './page-code.tsx';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: MissingPage,
  validateSearch: readOpenSearch,
  // Who runs the service goes from page to page of the user whom they look at.
  search: { middlewares: [retainSearchParams(['user'])] },
});

/** One route a page; a page's code is loaded when it is opened. README.md says how one is added. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    validateSearch: readOverviewSearch,
    component: pageCode(async () => (await import('../pages/overview/overview-page.tsx')).OverviewPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/agents',
    component: pageCode(async () => (await import('../pages/agents/agents-page.tsx')).AgentsPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/agents/$agent',
    component: pageCode(async () => (await import('../pages/agent/agent-page.tsx')).AgentPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/proof',
    component: pageCode(async () => (await import('../pages/proof/proof-page.tsx')).ProofPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sessions',
    validateSearch: readSessionSearch,
    component: pageCode(async () => (await import('../pages/sessions/sessions-page.tsx')).SessionsPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sessions/$session',
    component: pageCode(async () => (await import('../pages/session/session-page.tsx')).SessionPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/credentials',
    validateSearch: readCredentialSearch,
    component: pageCode(
      async () => (await import('../pages/credentials/credentials-page.tsx')).CredentialsPage,
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/interactions',
    validateSearch: readInteractionSearch,
    component: pageCode(
      async () => (await import('../pages/interactions/interactions-page.tsx')).InteractionsPage,
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/activities',
    validateSearch: readActivitySearch,
    component: pageCode(async () => (await import('../pages/activities/activities-page.tsx')).ActivitiesPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ids',
    component: pageCode(async () => (await import('../pages/ids/ids-page.tsx')).IdsPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/data',
    component: pageCode(async () => (await import('../pages/your-data/your-data-page.tsx')).YourDataPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications',
    component: pageCode(
      async () => (await import('../pages/notifications/notifications-page.tsx')).NotificationsPage,
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications/settings',
    component: pageCode(
      async () =>
        (await import('../pages/notifications/notification-settings-page.tsx')).NotificationSettingsPage,
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator',
    component: pageCode(async () => (await import('../pages/operator/operator-page.tsx')).OperatorPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/users',
    validateSearch: readUserSearch,
    component: pageCode(async () => (await import('../pages/operator/users-page.tsx')).UsersPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/agents',
    component: pageCode(
      async () => (await import('../pages/operator/registered-agents-page.tsx')).RegisteredAgentsPage,
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/settings',
    component: pageCode(async () => (await import('../pages/operator/settings-page.tsx')).SettingsPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operator/limits',
    component: pageCode(async () => (await import('../pages/operator/limits-page.tsx')).LimitsPage),
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
