import './frame.css';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { Brand } from '../components/brand.tsx';
import { IconButton } from '../components/button.tsx';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { texts } from '../texts/en.ts';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from './bell.tsx';
import { NavigationList } from './navigation-list.tsx';
import { OfflineNote } from './offline-note.tsx';
import { ViewedUser } from './viewed-user.tsx';

/** What is around every page: the navigation, who is signed in, and whether the network is there. */
export function Frame(): ReactNode {
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <div className="frame">
      <a className="frame-skip" href="#content">
        {texts.frame.skip}
      </a>
      <aside className="frame-side">
        <Brand />
        <NavigationList />
      </aside>
      <header className="frame-top">
        {/* Back leaves a page, and the menu that is over it. */}
        <PageMenu key={path} />
        <span className="frame-top-brand">
          <Brand />
        </span>
        <div className="frame-tools">
          <Bell />
          <AccountMenu />
        </div>
      </header>
      <main id="content" className="frame-content" tabIndex={-1}>
        <OfflineNote />
        {/* What broke one page is no reason not to show the next. */}
        <ErrorBoundary key={path}>
          <ViewedUser>
            <Outlet />
          </ViewedUser>
        </ErrorBoundary>
      </main>
    </div>
  );
}

/** The navigation where there is no room for it beside the page. */
function PageMenu(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <span className="frame-menu">
      <IconButton icon={Menu} label={texts.frame.menu} onPress={() => setIsOpen(true)} />
      <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={setIsOpen} isDismissable>
        <Modal className="frame-drawer">
          <Dialog aria-label={texts.frame.menu}>
            <Brand />
            <NavigationList onFollow={() => setIsOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </span>
  );
}
