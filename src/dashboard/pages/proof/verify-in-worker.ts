import type { VerifyAnswer, VerifyRequest } from './verify-messages.ts';

/** Verifies in a thread of its own, which ends with the answer or with the signal. */
export function verifyInWorker(request: VerifyRequest, signal: AbortSignal): Promise<VerifyAnswer> {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<VerifyAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<VerifyAnswer>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    signal.addEventListener('abort', () => reject(new Error('the check was stopped')));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
