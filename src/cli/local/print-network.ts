import { type NetworkFile, networkFilePath } from '../networks/network-file.ts';

/** Prints where the local network of a folder is, which answers. */
export function printNetwork(directory: string, file: NetworkFile): void {
  const { dashboard_url, replica_url, gateway_url, canister_id, pid } = file;
  const rows = [
    ['Dashboard', dashboard_url],
    ['Network', replica_url],
    ['Gateway', gateway_url],
    ['Canister', canister_id],
    ['Process', pid],
    ['For programs', networkFilePath(directory)],
  ] as const;
  for (const [title, value] of rows) {
    if (value !== undefined) console.log(`  ${title.padEnd(13)} ${value}`);
  }
}
