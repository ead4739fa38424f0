import { NetworkFailure } from './network-failure.ts';

/** What the work resolves with, or rejects with a `NetworkTimeout` where that takes longer than `ms`. The work goes on then. */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new NetworkFailure('NetworkTimeout', `the network did not answer within ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
