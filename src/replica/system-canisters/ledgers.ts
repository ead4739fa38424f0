import { Principal } from '@dfinity/principal';
import { Ledger, type LedgerImage, type LedgerName } from '../state/ledger.ts';
import { cyclesAccount, icpAccount } from './accounts.ts';

/** All ledgers as plain data. */
export type LedgerImages = Readonly<Record<LedgerName, LedgerImage>>;

const ANONYMOUS = Uint8Array.of(4);
/** Its key is in the test suites of the public network; PocketIC gives it as much ICP as the anonymous principal. */
const RICH = Principal.fromText(
  'hpikg-6exdt-jn33w-ndty3-fc7jc-tl2lr-buih3-cs3y7-tftkp-sfp62-gqe',
).toUint8Array();
/** Who has what at first, as in PocketIC: half of all cycles that a number of 128 bits can tell, and 10^9 ICP of 10^8 parts each. */
const FIRST: Readonly<
  Record<LedgerName, { readonly owners: readonly Uint8Array[]; readonly amount: bigint }>
> = {
  cycles: { owners: [ANONYMOUS], amount: 2n ** 127n - 1n },
  icp: { owners: [ANONYMOUS, RICH], amount: 10n ** 17n },
};

const ACCOUNT = { cycles: cyclesAccount, icp: icpAccount };

/** The ledgers as they were saved, or new ones. */
export function openLedgers(images: LedgerImages | undefined): Readonly<Record<LedgerName, Ledger>> {
  const open = (name: LedgerName) => {
    if (images !== undefined) return new Ledger(images[name]);
    const ledger = new Ledger();
    for (const owner of FIRST[name].owners) ledger.mint(ACCOUNT[name]({ owner }), FIRST[name].amount);
    return ledger;
  };
  return { cycles: open('cycles'), icp: open('icp') };
}

/** The ledgers as plain data, so that they can be saved. */
export function saveLedgers({ cycles, icp }: Readonly<Record<LedgerName, Ledger>>): LedgerImages {
  return { cycles: cycles.image(), icp: icp.image() };
}
