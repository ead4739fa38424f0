/** The page that proves the audit log. */
export const proof = {
  title: 'Proof',
  about:
    'Everything agents did is in a log. Each entry is sealed together with all earlier ones. This page reads the whole log and checks it in your browser, so you need not trust the service.',
  start: 'Check the log',
  again: 'Check again',
  file: 'Check a proof file',
  save: 'Save the proof',
  saveHelp: (command: string) =>
    `Anyone can check the file without the service, on this page or with ${command}.`,
  idle: 'Nothing was checked yet',
  idleHelp:
    'Reading a long log takes a moment. You can use other tabs in the meantime, and stop at any time.',
  reading: (read: string, all: string) => `Reading the log: ${read} of ${all} entries`,
  verifying: 'Recomputing every entry and the signatures …',
  cancel: 'Stop',
  proven: 'The log is complete and unchanged',
  provenText: (entries: string) =>
    `All ${entries} entries fit together, and the network has signed the last one.`,
  doubtful: 'The log is unchanged, but not everything is proved',
  doubt: (what: string) => `Not proved: ${what}.`,
  withheldText: (count: string) =>
    `${count} entries are about others: you see that they exist, not their content.`,
  kept: {
    none: 'This browser had not seen the log before. It keeps the end of the log, and compares it at the next check.',
    continues: 'The log continues the one that this browser saw before, signed',
    older: 'The log is older than the one that this browser saw before, signed',
  },
  witness: {
    title: 'Tips of a witness',
    about:
      'A witness is someone else who keeps the signed ends of this log. Enter them here, and the next check shows whether the witness saw the same log.',
    label: 'Tips, one per line',
    file: 'Choose a witness file',
    agrees: (agreeing: string, newer: string) =>
      newer === '0'
        ? `The witness agrees: ${agreeing} of its tips are of this log.`
        : `The witness agrees in ${agreeing} tips; ${newer} are newer than this log, so it cannot confirm them.`,
  },
  forked: 'The service has shown two different logs',
  forkedText:
    'The network signed both, and they contradict each other: entries were removed by a snapshot or by other code. Keep both, and ask the operator of the service. The contradiction:',
  badWitness: 'The tips of the witness cannot be used',
  badWitnessText:
    'The log itself is consistent. But the network did not sign all tips of the witness for this service. The problem:',
  ofFile: (name: string) => `Checked the file ${name}.`,
  failed: 'The log was changed',
  failedText:
    'Do not rely on it. Do not overwrite an older proof, and ask the operator of the service. The problem:',
  unreadable: 'This is not a proof file',
  unreadableText: 'It could not be checked. Choose a file that was saved on this page. The problem:',
  untrusted: 'An answer was changed in transit',
  untrustedText:
    'It does not have the network’s signature, so it was not used. Someone between you and the network, or the node that answered, changed it. Try again on another connection. The problem:',
  chain: 'The chain of trust',
  steps: {
    root: {
      name: 'The network’s root key',
      ic: 'The Internet Computer’s public key. It is the same for everyone, and built into this page.',
      local: 'The public key of this network. The page has it from its own configuration.',
    },
    subnet: {
      name: 'The subnet',
      some: 'With the root key, the network certifies the group of nodes that runs the service. More than two thirds of them have to agree to each signature.',
      none: 'This network has one subnet, and its key is the root key itself.',
    },
    canister: {
      name: 'The service’s certified data',
      text: 'The subnet signed the 32 bytes that this service, and no other, certified at that time.',
    },
    tip: {
      name: 'The end of the log',
      text: (last: string) =>
        `Those 32 bytes are the digest of the log up to entry ${last}. If anything before it were different, they would be too.`,
    },
    entries: {
      name: 'Every entry',
      text: (first: string, last: string) =>
        `From ${first} to ${last}: each entry’s digest covers its sealed content and the previous digest. All were recomputed here.`,
      counts: (shown: string, withheld: string, erased: string) =>
        `You can read ${shown}; ${withheld} about others are sealed; ${erased} were erased and leave their seal.`,
    },
    yours: {
      name: 'Your entries',
      text: (own: string) => `${own} of them are about you. You see their content as it was written.`,
    },
  },
  subnet: 'Subnet',
  service: 'Service',
  signed: 'Signed',
  fits: 'Fits',
  breaks: 'Does not fit',
  unknown: 'Not proved',
  proves: 'What this proves',
  provesPoints: [
    'The entries are complete and in order: changing, removing or inserting one would change all later digests.',
    'It is the log of this service, as the network signed it at that time.',
    'It continues the log that this browser saw before, and the tips of the witness that you entered.',
  ],
  provesNot: 'What it does not prove',
  provesNotPoints: [
    'That what an agent wrote about itself is true. The service confirms only its own actions, such as giving out a token.',
    'What an agent did elsewhere with a token that it got.',
    'That the log was never set back to an earlier state: a controller could load a snapshot or other code. This browser and witnesses notice that if they saw the lost entries.',
    'Anything after the time of the signature.',
    'The content of sealed entries. It proves only that they exist.',
  ],
};
