/** The page that proves the audit log. */
export const proof = {
  title: 'Proof',
  about:
    'What agents did is in a log in which every entry is sealed together with all before it. This page reads the whole log and checks it here, in your browser: you need not believe the service.',
  start: 'Check the log',
  again: 'Check again',
  file: 'Check a proof file',
  save: 'Save the proof',
  saveHelp: (command: string) =>
    `Anybody can check the file without asking the service, on this page or with ${command}.`,
  idle: 'Nothing was checked yet',
  idleHelp:
    'Reading the log takes a moment where it is long. You can go on using other tabs meanwhile, and stop at any time.',
  reading: (read: string, all: string) => `Reading the log: ${read} of ${all} entries`,
  verifying: 'Recomputing every entry and the signatures …',
  cancel: 'Stop',
  proven: 'The log is complete and unchanged',
  provenText: (entries: string) =>
    `All ${entries} entries fit together, and the network has signed the last one.`,
  doubtful: 'The log is unchanged, but not all of it is proved',
  doubt: (what: string) => `Not proved: ${what}.`,
  withheldText: (count: string) =>
    `${count} entries are about others: you see that they are there, not what they say.`,
  kept: {
    none: 'This browser had kept no earlier end of the log. It keeps this one, and the next check is held against it.',
    continues: 'The log continues the one that this browser saw before, signed',
    older: 'The log is older than the one that this browser saw before, signed',
  },
  witness: {
    title: 'Tips of a witness',
    about:
      'A witness is somebody else who keeps the signed ends of this log. Put in what they keep, and the next check shows whether they saw the same log.',
    label: 'Tips, a line each',
    file: 'Choose a witness file',
    agrees: (agreeing: string, newer: string) =>
      newer === '0'
        ? `The witness agrees: ${agreeing} of its tips are of this log.`
        : `The witness agrees in ${agreeing} tips; ${newer} are newer than this log, which cannot tell of them.`,
  },
  forked: 'The service has shown two different logs',
  forkedText:
    'Both are signed by the network, and they contradict each other: entries were taken back, by a snapshot or by other code. Keep both, and ask who runs the service. What contradicts:',
  badWitness: 'The tips of the witness cannot be used',
  badWitnessText:
    'The log itself fits together. What the witness gave is not all signed by the network for this service. What is wrong:',
  ofFile: (name: string) => `Checked the file ${name}.`,
  failed: 'The log is not what was written',
  failedText:
    'Do not rely on what it says. Save nothing over an older proof, and ask who runs the service. What does not fit:',
  unreadable: 'This is not a proof file',
  unreadableText: 'Nothing of it could be checked. Choose a file that was saved on this page. What is wrong:',
  untrusted: 'An answer was changed on its way',
  untrustedText:
    'It does not carry the signature of the network, so nothing of it was used. Somebody between you and the network, or the node that answered, changed it. Try again on another connection. What does not fit:',
  chain: 'How one thing vouches for the next',
  steps: {
    root: {
      name: 'The network’s root key',
      ic: 'The Internet Computer’s public key. It is the same for everybody, and is built into this page.',
      local: 'The public key of this network. The page has it from its own configuration.',
    },
    subnet: {
      name: 'The subnet',
      some: 'With the root key, the network vouches for the group of machines that runs the service. More than two thirds of them have to agree to each signature.',
      none: 'This network has one subnet, and its key is the root key itself.',
    },
    canister: {
      name: 'The service’s certified data',
      text: 'The subnet signed the 32 bytes that this service, and no other, had put under certification at that time.',
    },
    tip: {
      name: 'The end of the log',
      text: (last: string) =>
        `Those 32 bytes are the digest of the log up to entry ${last}. Were anything before it different, they would be too.`,
    },
    entries: {
      name: 'Every entry',
      text: (first: string, last: string) =>
        `From ${first} to ${last}: each entry’s digest is made of its sealed content and of the digest before it. All were made again here.`,
      counts: (shown: string, withheld: string, erased: string) =>
        `${shown} you can read, ${withheld} about others are sealed, ${erased} were erased and leave their seal.`,
    },
    yours: {
      name: 'What is about you',
      text: (own: string) =>
        `${own} of them are about you. You see their content, and it is what was written.`,
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
    'The entries are whole and in order: none was changed, taken out or put in without all after it being made anew.',
    'It is the log of this service and of no other, as the network signed it at that time.',
    'It continues the log that this browser saw before, and the tips of the witness that you put in.',
  ],
  provesNot: 'What it does not prove',
  provesNotPoints: [
    'That what an agent wrote of itself is true. The service vouches only for what it did itself, such as handing out a token.',
    'What an agent did elsewhere with a token that it was handed.',
    'That the log was never set back to an earlier state: who controls the service could load a snapshot or other code. This browser and witnesses notice that where they had seen what was taken back.',
    'Anything that came after the time of the signature.',
    'The content of sealed entries, only that they are there.',
  ],
};
