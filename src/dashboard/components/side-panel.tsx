import './dialogs.css';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { texts } from '../texts/en.ts';
import { IconButton } from './button.tsx';

/** Details beside a list; on a phone over it. Escape and a press beside it close it, and the focus goes back to where it was. */
export function SidePanel({
  isOpen,
  title,
  footer,
  onClose,
  children,
}: {
  readonly isOpen: boolean;
  readonly title: string;
  /** Actions, always in sight. */
  readonly footer?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ModalOverlay
      className="veil veil-side"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="side-panel">
        <Dialog className="side-panel-dialog">
          <header className="side-panel-head">
            <Heading slot="title">{title}</Heading>
            <IconButton icon={X} label={texts.parts.close} onPress={onClose} />
          </header>
          <div className="side-panel-body">{children}</div>
          {Boolean(footer) && <footer className="side-panel-foot">{footer}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What is known of a record: names and values. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? texts.parts.emptyValue}</dd>
        </div>
      ))}
    </dl>
  );
}
