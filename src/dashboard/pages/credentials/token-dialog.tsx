import './token-dialog.css';
import { type ReactNode, useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { CredentialInfo } from '../../../client/index.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { FormError } from '../../components/form-error.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

const { credentials, parts } = texts;
const SHOWN_MS = 60_000;
const LEASE_NS = 60_000_000_000n;
const MAX_PURPOSE_BYTES = 512;

/** Asks for a purpose, and then shows the token of the credentials, opened in this page where it is sealed; the token lives as long as this is open, a minute at most. */
export function TokenDialog({
  credential,
  onClose,
}: {
  readonly credential: CredentialInfo;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <ModalOverlay
      className="veil veil-center"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="confirm">
        <Dialog className="confirm-dialog">
          <TokenContent credential={credential} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function TokenContent({
  credential: { agentType, account },
  onClose,
}: {
  readonly credential: CredentialInfo;
  readonly onClose: () => void;
}): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const [purpose, setPurpose] = useState(credentials.purposeDefault);
  // In this state alone, never in the cache of queries, which keeps what it read.
  const [token, setToken] = useState<string>();
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (token === undefined) return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [token, onClose]);

  if (token !== undefined) return <ShownToken token={token} onClose={onClose} />;
  const bytes = new TextEncoder().encode(purpose).length;
  const isWrong = bytes < 1 || bytes > MAX_PURPOSE_BYTES;
  const lease = async () => {
    setIsPending(true);
    try {
      const answer = await client.leaseAgentCredentials({
        userId,
        agentType,
        account,
        purpose,
        durationNs: LEASE_NS,
      });
      setToken(await client.open(answer.credentials.token, { userId, agentType, account, field: 'token' }));
    } catch (reason) {
      setError(reason);
      setIsPending(false);
    }
  };
  return (
    <>
      <Heading slot="title">{credentials.tokenTitle}</Heading>
      <div className="confirm-text">
        <p>{credentials.tokenText}</p>
        <TextField
          label={credentials.purpose}
          value={purpose}
          onChange={setPurpose}
          error={isWrong ? credentials.purposeWrong : undefined}
        />
      </div>
      <FormError error={error} />
      <div className="confirm-buttons">
        <Button onPress={onClose}>{parts.cancel}</Button>
        <Button tone="primary" isDisabled={isWrong} isPending={isPending} onPress={() => void lease()}>
          {credentials.showToken}
        </Button>
      </div>
    </>
  );
}

function ShownToken({ token, onClose }: { readonly token: string; readonly onClose: () => void }): ReactNode {
  const [isRevealed, setIsRevealed] = useState(false);
  return (
    <>
      <Heading slot="title">{credentials.token}</Heading>
      <p className="token code">{isRevealed ? token : '•'.repeat(24)}</p>
      <p className="confirm-text">{credentials.tokenNote}</p>
      <div className="confirm-buttons">
        <Button onPress={() => setIsRevealed(!isRevealed)}>
          {isRevealed ? credentials.hide : credentials.reveal}
        </Button>
        <Button
          onPress={() => {
            void navigator.clipboard
              .writeText(token)
              .then(() => showToast({ title: texts.frame.copied, text: credentials.copied }));
          }}
        >
          {credentials.copy}
        </Button>
        <Button tone="primary" onPress={onClose}>
          {parts.close}
        </Button>
      </div>
    </>
  );
}
