import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: MissingPage });

/** One route a page; a page's code is loaded when it is opened. README.md says how one is added. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
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
    path: '/ids',
    component: lazyRouteComponent(() => import('../pages/ids/ids-page.tsx'), 'IdsPage'),
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
