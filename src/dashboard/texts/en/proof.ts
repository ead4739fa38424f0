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
    'At that time there was this one log, the same for everybody.',
  ],
  provesNot: 'What it does not prove',
  provesNotPoints: [
    'That what an agent wrote of itself is true. The service vouches only for what it did itself, such as handing out a token.',
    'What an agent did elsewhere with a token that it was handed.',
    'That the log was never replaced as a whole: who controls the service could give it other code. Save a proof now and then: a later log that does not begin with it shows that.',
    'Anything that came after the time of the signature.',
    'The content of sealed entries, only that they are there.',
  ],
};
