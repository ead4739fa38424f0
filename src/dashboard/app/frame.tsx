import './frame.css';
import { Outlet } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../components/button.tsx';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { texts } from '../texts/en.ts';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from './bell.tsx';
import { Brand } from './brand.tsx';
import { NavigationList } from './navigation-list.tsx';
import { OfflineNote } from './offline-note.tsx';

/** What is around every page: the navigation, who is signed in, and whether the network is there. */
export function Frame(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
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
        <span className="frame-menu">
          <IconButton icon={Menu} label={texts.frame.menu} onPress={() => setIsOpen(true)} />
        </span>
        <span className="frame-top-brand">
          <Brand />
        </span>
        <div className="frame-tools">
          <Bell />
          <AccountMenu />
        </div>
      </header>
      <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={setIsOpen} isDismissable>
        <Modal className="frame-drawer">
          <Dialog aria-label={texts.frame.menu}>
            <Brand />
            <NavigationList onFollow={() => setIsOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
      <main id="content" className="frame-content" tabIndex={-1}>
        <OfflineNote />
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
      </main>
    </div>
  );
}
