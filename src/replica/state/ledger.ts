/** What tells an account from others, in the ledger's own way. */
export type AccountKey = string;

/** The ledgers that a network has. */
export type LedgerName = 'cycles' | 'icp';

/** A ledger as plain data. */
export interface LedgerImage {
  readonly balances: ReadonlyMap<AccountKey, bigint>;
  readonly blocks: bigint;
  readonly recent: readonly RecentTransaction[];
  /** Absent in what was written before ICP became cycles. */
  readonly payments?: readonly (readonly [block: bigint, payment: Payment])[];
  /** By who gives and who spends; absent in what was written before there were any. */
  readonly allowances?: ReadonlyMap<string, Allowance>;
}

/** What somebody may pay from another's account. Plain data. */
export interface Allowance {
  readonly amount: bigint;
  /** ns since 1970; undefined where it does not end. */
  readonly expires: bigint | undefined;
}

const NO_ALLOWANCE: Allowance = { amount: 0n, expires: undefined };

/** A transfer with a memo that says what it is for. Plain data. */
export interface Payment {
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: bigint;
  readonly memo: bigint;
  /** What the payee answered when it made use of it. */
  readonly answer?: unknown;
}

/** A transaction that may come again by mistake. */
interface RecentTransaction {
  readonly key: string;
  /** ns since 1970. */
  readonly createdAt: bigint;
  readonly block: bigint;
}

const DAY_NS = 86_400_000_000_000n;
const SECOND_NS = 1_000_000_000n;
/** How long a transaction with a time of creation is taken, and known again ("ICRC-1", transaction deduplication). */
export const WINDOW_NS = DAY_NS;
const DRIFT_NS = 120n * SECOND_NS;

/** Why a transaction is not taken. */
export type LedgerRefusal =
  | { readonly kind: 'InsufficientFunds'; readonly balance: bigint }
  | { readonly kind: 'TooOld' }
  | { readonly kind: 'CreatedInFuture'; readonly ledgerTime: bigint }
  | { readonly kind: 'Duplicate'; readonly duplicateOf: bigint };

/** What tells a transaction from others; times in ns since 1970. */
export interface Transaction {
  /** What it does. */
  readonly content: string;
  /** When its sender says that it was made; one with a time is made once. */
  readonly createdAt: bigint | undefined;
  readonly now: bigint;
}

/** Balances of accounts, and the number of blocks that changed them. */
export class Ledger {
  readonly #balances: Map<AccountKey, bigint>;
  #blocks: bigint;
  #recent: RecentTransaction[];
  readonly #payments: Map<bigint, Payment>;
  readonly #allowances: Map<string, Allowance>;

  constructor(image?: LedgerImage) {
    this.#balances = new Map(image?.balances);
    this.#blocks = image?.blocks ?? 0n;
    this.#recent = [...(image?.recent ?? [])];
    this.#payments = new Map(image?.payments);
    this.#allowances = new Map(image?.allowances);
  }

  balanceOf(account: AccountKey): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  get totalSupply(): bigint {
    let total = 0n;
    for (const balance of this.#balances.values()) total += balance;
    return total;
  }

  /** What the spender may pay from an account at that time, in ns since 1970. */
  allowance(from: AccountKey, spender: AccountKey, now: bigint): Allowance {
    const allowance = this.#allowances.get(`${from} ${spender}`) ?? NO_ALLOWANCE;
    return allowance.expires === undefined || allowance.expires > now ? allowance : NO_ALLOWANCE;
  }

  /** Lets the spender pay so much from an account, in the place of what it might before. */
  allow(from: AccountKey, spender: AccountKey, allowance: Allowance): void {
    if (allowance.amount === 0n) this.#allowances.delete(`${from} ${spender}`);
    else this.#allowances.set(`${from} ${spender}`, allowance);
  }

  /** The transfer of a block, if it had a memo. */
  payment(block: bigint): Payment | undefined {
    return this.#payments.get(block);
  }

  /** Notes what came of a payment. */
  answerPayment(block: bigint, answer: unknown): void {
    const payment = this.#payments.get(block);
    if (payment !== undefined) this.#payments.set(block, { ...payment, answer });
  }

  /** Adds to an account from nothing; returns the block. */
  mint(account: AccountKey, amount: bigint): bigint {
    this.#add(account, amount);
    return this.#blocks++;
  }

  /** Why a transaction cannot be made that takes so much; undefined where it can. */
  refusal(
    from: AccountKey,
    amount: bigint,
    { content, createdAt, now }: Transaction,
  ): LedgerRefusal | undefined {
    if (createdAt !== undefined) {
      if (createdAt + WINDOW_NS + DRIFT_NS < now) return { kind: 'TooOld' };
      if (createdAt > now + DRIFT_NS) return { kind: 'CreatedInFuture', ledgerTime: now };
      const key = transactionKey(from, content, createdAt);
      const before = this.#recent.find((transaction) => transaction.key === key);
      if (before !== undefined) return { kind: 'Duplicate', duplicateOf: before.block };
    }
    const balance = this.balanceOf(from);
    return balance < amount ? { kind: 'InsufficientFunds', balance } : undefined;
  }

  /**
   * Takes so much from an account, of which `to` gets what the transaction says; the rest is gone. A memo above 0 is kept. Returns the block. To be
   * asked `refusal` before.
   */
  take(
    from: AccountKey,
    amount: bigint,
    {
      content,
      createdAt,
      now,
      to,
      memo = 0n,
    }: Transaction & {
      readonly to?: { readonly account: AccountKey; readonly amount: bigint };
      readonly memo?: bigint;
    },
  ): bigint {
    this.#add(from, -amount);
    if (to !== undefined) this.#add(to.account, to.amount);
    const block = this.#blocks++;
    if (to !== undefined && memo > 0n) {
      this.#payments.set(block, { from, to: to.account, amount: to.amount, memo });
    }
    this.#recent = this.#recent.filter((transaction) => transaction.createdAt + WINDOW_NS + DRIFT_NS >= now);
    if (createdAt !== undefined) {
      this.#recent.push({ key: transactionKey(from, content, createdAt), createdAt, block });
    }
    return block;
  }

  /** Plain data, so that it can be saved. */
  image(): LedgerImage {
    return {
      balances: new Map(this.#balances),
      blocks: this.#blocks,
      recent: [...this.#recent],
      payments: [...this.#payments],
      allowances: new Map(this.#allowances),
    };
  }

  #add(account: AccountKey, amount: bigint): void {
    const balance = this.balanceOf(account) + amount;
    if (balance < 0n) throw new Error('a balance below zero');
    if (balance === 0n) this.#balances.delete(account);
    else this.#balances.set(account, balance);
  }
}

function transactionKey(from: AccountKey, content: string, createdAt: bigint): string {
  return `${from} ${createdAt} ${content}`;
}
