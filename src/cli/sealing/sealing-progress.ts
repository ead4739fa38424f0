import type { SealingRun } from '../../client/resealing/seal-stored.ts';

/** Without a terminal, a line is printed after so many. */
const LINE_EVERY = 100;
/** Shorter waits are not worth a word. */
const WAIT_MS = 2000;

/** Shows on the standard error how far a run is: on a terminal in one line, which changes. */
export function sealingProgress(
  stream: NodeJS.WriteStream = process.stderr,
): Pick<SealingRun, 'onProgress' | 'onWait'> & { readonly end: () => void } {
  const line = (text: string) => void stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  return {
    onProgress: (done, found) => {
      if (stream.isTTY || done % LINE_EVERY === 0) line(`${done} of ${found} so far`);
    },
    onWait: (ms) => {
      if (ms >= WAIT_MS) line(`waiting ${Math.ceil(ms / 1000)} s, as the limits of the service ask`);
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
