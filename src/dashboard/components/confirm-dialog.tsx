import './dialogs.css';
import { type ReactNode, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { texts } from '../texts/en.ts';
import { Button } from './button.tsx';
import { FormError } from './form-error.tsx';

/** Asks before something is done that matters; stays open, with the reason, where it fails. */
export function ConfirmDialog({
  isOpen,
  title,
  confirm,
  isReady = true,
  onConfirm,
  onClose,
  children,
}: {
  readonly isOpen: boolean;
  readonly title: string;
  /** What the button says: the action, not "OK". */
  readonly confirm: string;
  /** Whether what it asks for was given. */
  readonly isReady?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  /** What will happen. */
  readonly children: ReactNode;
}): ReactNode {
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = () => {
    setError(undefined);
    onClose();
  };
  const run = async () => {
    setIsPending(true);
    try {
      await onConfirm();
      close();
    } catch (reason) {
      setError(reason);
    } finally {
      setIsPending(false);
    }
  };
  return (
    <ModalOverlay
      className="veil veil-center"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Modal className="confirm">
        <Dialog role="alertdialog" className="confirm-dialog">
          <Heading slot="title">{title}</Heading>
          <div className="confirm-text">{children}</div>
          <FormError error={error} />
          <div className="confirm-buttons">
            <Button onPress={close}>{texts.parts.cancel}</Button>
            <Button tone="danger" isDisabled={!isReady} isPending={isPending} onPress={() => void run()}>
              {confirm}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
