import type { VerifyRequest } from './verify-messages.ts';
import { verifyProof } from './verify-proof.ts';

/** Verifies beside the page, which stays smooth. What is thrown reaches the page as an error of the worker. */
addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  verifyProof(data).then(
    (answer) => postMessage(answer),
    (error: unknown) => reportError(error),
  );
});
