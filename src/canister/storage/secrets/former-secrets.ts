import type { Work } from '../../models/work.ts';
import type { SecretMap } from './secret-map.ts';

/** What versions before left of secrets in stable memory, in each map that holds some. It is removed once, in the background. */
export class FormerSecrets {
  readonly #maps: readonly SecretMap[];

  constructor(maps: readonly SecretMap[]) {
    this.#maps = maps;
  }

  /** When there is something to do: at once, or never. */
  dueAt(): bigint | undefined {
    return this.#maps.every((map) => map.isTakenOver) ? undefined : 0n;
  }

  /** Goes on until the work is spent; returns whether there is more to do. */
  run(work: Work): boolean {
    return this.#maps.some((map) => map.takeOver(work));
  }

  /** Notes that there was no version before. */
  skip(): void {
    for (const map of this.#maps) map.skipTakeOver();
  }
}
