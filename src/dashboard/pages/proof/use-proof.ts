import { IC_ROOT_KEY } from '@dfinity/agent';
import { useEffect, useRef, useState } from 'react';
import { downloadAuditLog, encodeAuditLog, VerificationFailedError } from '../../../client/index.ts';
import { fromHex } from '../../config/config.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { keepTip, readKeptTip } from './kept-tip.ts';
import { verifyInWorker } from './verify-in-worker.ts';
import type { VerifyAnswer } from './verify-messages.ts';

/** How far a check is. */
export type ProofState =
  | { readonly kind: 'idle' | 'verifying' }
  | { readonly kind: 'reading'; readonly read: number; readonly all: number }
  /** `text` is the proof file; `file` its name where it was one that the person chose. */
  | (VerifyAnswer & { readonly text: string; readonly file: string | undefined })
  | { readonly kind: 'untrusted'; readonly message: string }
  | { readonly kind: 'error'; readonly error: unknown };

/** Checks the service's log or a proof file against what a witness keeps, and ends that when the page is left. */
export function useProof(witness: string) {
  const { client, config } = useService();
  const { userId } = useUser();
  const [state, setState] = useState<ProofState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const check = async (
    read: (signal: AbortSignal) => Promise<string>,
    file: string | undefined,
  ): Promise<void> => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const { signal } = stop;
    try {
      const text = await read(signal);
      signal.throwIfAborted();
      setState({ kind: 'verifying' });
      const rootKey = config.rootKey ?? fromHex(IC_ROOT_KEY, 'IC_ROOT_KEY');
      const { canisterId } = config;
      const kept = readKeptTip(canisterId, rootKey);
      const answer = await verifyInWorker({ text, rootKey, canisterId, userId, kept, witness }, signal);
      // A tip that the log contradicts stays: it is the evidence.
      if (answer.kind === 'proven' && answer.report.kept.kind !== 'older') {
        keepTip(answer.report.tip, canisterId, rootKey);
      }
      setState({ ...answer, text, file });
    } catch (error) {
      if (signal.aborted) {
        if (running.current === stop) setState({ kind: 'idle' });
      } else if (error instanceof VerificationFailedError)
        setState({ kind: 'untrusted', message: error.message });
      else setState({ kind: 'error', error });
    }
  };

  return {
    state,
    checkService: () =>
      check(async (signal) => {
        setState({ kind: 'reading', read: 0, all: 0 });
        const { firstIndex, lastIndex } = await client.getAuditTip();
        const all = Number(lastIndex - firstIndex + 1n);
        const onProgress = (read: number) => {
          if (!signal.aborted) setState({ kind: 'reading', read, all: Math.max(all, read) });
        };
        return encodeAuditLog(await downloadAuditLog(client, { signal, onProgress }));
      }, undefined),
    checkFile: (file: File) => check(() => file.text(), file.name),
    cancel: () => running.current?.abort(),
  };
}
