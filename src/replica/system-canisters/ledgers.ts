import { Ledger, type LedgerImage, type LedgerName } from '../state/ledger.ts';
import { cyclesAccount, icpAccount } from './accounts.ts';

/** All ledgers as plain data. */
export type LedgerImages = Readonly<Record<LedgerName, LedgerImage>>;

const ANONYMOUS = Uint8Array.of(4);
/** What the anonymous principal has at first, as on other networks for tests: all the cycles, and 10^9 ICP of 10^8 parts. */
const FIRST: Readonly<Record<LedgerName, bigint>> = { cycles: 2n ** 127n, icp: 10n ** 17n };

const ACCOUNT = { cycles: cyclesAccount, icp: icpAccount };

/** The ledgers as they were saved, or new ones. */
export function openLedgers(images: LedgerImages | undefined): Readonly<Record<LedgerName, Ledger>> {
  const open = (name: LedgerName) => {
    if (images !== undefined) return new Ledger(images[name]);
    const ledger = new Ledger();
    ledger.mint(ACCOUNT[name]({ owner: ANONYMOUS }), FIRST[name]);
    return ledger;
  };
  return { cycles: open('cycles'), icp: open('icp') };
}

/** The ledgers as plain data, so that they can be saved. */
export function saveLedgers({ cycles, icp }: Readonly<Record<LedgerName, Ledger>>): LedgerImages {
  return { cycles: cycles.image(), icp: icp.image() };
}
