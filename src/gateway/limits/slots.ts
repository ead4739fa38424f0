/** Why there is no slot: the holder has all that one may have, or everybody together does. */
export type SlotRefusal = 'each' | 'total';

/** Slots that several holders share: each may have so many, and all together so many. */
export class Slots {
  readonly #each: number;
  readonly #total: number;
  readonly #held = new Map<string, number>();
  #sum = 0;

  constructor({ each, total }: { readonly each: number; readonly total: number }) {
    this.#each = each;
    this.#total = total;
  }

  /** How many are held, by one or by all. */
  held(holder?: string): number {
    return holder === undefined ? this.#sum : (this.#held.get(holder) ?? 0);
  }

  /** Takes a slot: the function gives it back, once however often it is called. Or why there is none. */
  take(holder: string): (() => void) | SlotRefusal {
    const held = this.held(holder);
    if (held >= this.#each) return 'each';
    if (this.#sum >= this.#total) return 'total';
    this.#held.set(holder, held + 1);
    this.#sum++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#sum--;
      const left = this.held(holder) - 1;
      if (left === 0) this.#held.delete(holder);
      else this.#held.set(holder, left);
    };
  }
}
