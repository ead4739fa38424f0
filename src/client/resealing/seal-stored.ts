import type { AgentServiceClient } from '../agent-service-client.ts';
import { AgentServiceError, UnauthorizedError } from '../errors.ts';
import type { UnsealedFilter, UnsealedSecrets } from '../values/service-types.ts';
import { type Patience, patiently } from './patience.ts';
import { type Resealer, sealAgain } from './seal-secret-again.ts';

/** What a run calls, of a client whose option `sealing` is `manual`. */
type Sealer = Resealer & Pick<AgentServiceClient, 'listUnsealedSecrets'>;

/** An account or a session that is not sealed, and why. */
export interface Unsealed {
  readonly secrets: UnsealedSecrets;
  readonly error: AgentServiceError;
}

/** What came of a run. */
export interface SealingReport {
  readonly sealed: number;
  /** Those that are not for the caller. */
  readonly skipped: readonly Unsealed[];
  readonly failed: readonly Unsealed[];
}

/** How a run goes. */
export interface SealingRun extends Patience {
  /** One user's; everybody's unless told. */
  readonly filter?: UnsealedFilter | undefined;
  /** How many are done, of those found so far. */
  readonly onProgress: (done: number, found: number) => void;
}

/** As many are under way at a time: most of it is waiting. */
const AT_ONCE = 8;
const PAGE = 500;

/**
 * Seals all that is listed in clear or for recipients of the past. One that fails does not stop the others. Where the signal is aborted it begins no more, and resolves
 * when those under way are done: each is one change, and a run that is begun again finds the rest.
 */
export async function sealStored(client: Sealer, run: SealingRun): Promise<SealingReport> {
  let [done, found, sealed] = [0, 0, 0];
  const skipped: Unsealed[] = [];
  const failed: Unsealed[] = [];
  const listed = eachUnsealed(client, run, (count) => {
    found += count;
  });
  const work = async () => {
    for await (const secrets of shared(listed)) {
      if (run.signal.aborted) return;
      try {
        if (await patiently(() => sealAgain(client, secrets), run)) sealed++;
      } catch (error) {
        if (!(error instanceof AgentServiceError)) throw error;
        (error instanceof UnauthorizedError ? skipped : failed).push({ secrets, error });
      }
      run.onProgress(++done, found);
    }
  };
  await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      work().catch((error: unknown) => {
        // It was stopped while it waited.
        if (!(error instanceof Error && error.name === 'AbortError')) throw error;
      }),
    ),
  );
  return { sealed, skipped, failed };
}

/** How many are listed now. */
export async function countUnsealed(client: Sealer, run: SealingRun): Promise<number> {
  let count = 0;
  for await (const _secrets of eachUnsealed(client, run)) count++;
  return count;
}

/** Those of all pages. `onPage` is told how many a page has. */
async function* eachUnsealed(
  client: Sealer,
  run: SealingRun,
  onPage: (count: number) => void = () => undefined,
): AsyncGenerator<UnsealedSecrets> {
  let cursor: string | undefined;
  do {
    const request = { filter: run.filter, limit: PAGE, cursor };
    const page = await patiently(() => client.listUnsealedSecrets(request), run);
    onPage(page.items.length);
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** The items for one of several readers, who does not end them for the others. */
async function* shared<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  for (let next = await items.next(); next.done !== true; next = await items.next()) yield next.value;
}
