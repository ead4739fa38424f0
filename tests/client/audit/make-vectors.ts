import { commitmentOf } from '../../../src/client/audit/audit-digests.ts';
import { toHex } from '../../../src/client/audit/json-line.ts';
import {
  type AuditDoubt,
  type AuditLog,
  type AuditRefusal,
  type ChainedEntry,
  encodeAuditLog,
  encodeAuditTip,
  type SignedTip,
  tipOf,
} from '../../../src/client/index.ts';
import {
  ATTACKER,
  bytesOf,
  CERTIFIED_AT,
  chained,
  DAY,
  ENTRIES,
  event,
  LATER_ENTRIES,
  logOf,
  MINUTE,
  NOW,
  OTHER_ROOT,
  ROOT,
  rechained,
  SERVICE,
  type Written,
} from './audit-world.ts';

/** What a log or tip is held against; what is left out is as in the file's head. Texts of bytes and numbers as in a log's file. */
export interface Expected {
  readonly canister_id?: string;
  readonly root_key?: string;
  readonly now?: string;
  readonly max_age?: string;
  /** The name of a file of `files`. */
  readonly extends?: string;
  readonly complete?: boolean;
}

/** What has to come of it. */
export interface Outcome {
  readonly verdict: 'proven' | 'partly_proven' | 'refused';
  readonly reason?: AuditRefusal;
  /** Of the entry that is wrong. */
  readonly index?: string;
  readonly doubts?: readonly AuditDoubt[];
  /** shown, withheld, erased, erased_unproven, erased_unmarked. */
  readonly counts?: readonly number[];
}

export interface LogVector extends Outcome {
  readonly name: string;
  readonly file: string;
  readonly expected: Expected;
}

export interface WitnessVector {
  readonly name: string;
  /** The log's file. */
  readonly log: string;
  /** The names of files with one tip each. */
  readonly tips: readonly string[];
  readonly agreeing: number;
  readonly newer: number;
  readonly others: number;
  /** Of each finding the reason, and the place of its tip, from 1 on. */
  readonly findings: readonly (readonly [AuditRefusal, number])[];
}

/** What verifiers in every language have to agree on. */
export interface Vectors {
  readonly about: string;
  readonly canister_id: string;
  readonly root_key: string;
  readonly now: string;
  readonly files: Readonly<Record<string, string>>;
  readonly logs: readonly LogVector[];
  readonly tips: readonly LogVector[];
  readonly witnesses: readonly WitnessVector[];
}

const key = (network: typeof ROOT): string => toHex(network.root.publicKeyDer);
const refused = (reason: AuditRefusal, index?: number | bigint): Outcome => ({
  verdict: 'refused',
  reason,
  ...(index === undefined ? {} : { index: String(index) }),
});
const proven = (...counts: readonly number[]): Outcome => ({ verdict: 'proven', doubts: [], counts });
const doubtful = (doubts: readonly AuditDoubt[], ...counts: readonly number[]): Outcome => ({
  verdict: 'partly_proven',
  doubts,
  counts,
});

const EARLIER = logOf(chained(ENTRIES), { certifiedAt: CERTIFIED_AT - DAY });
const LOG = logOf(chained(LATER_ENTRIES));
const WHOLE = proven(6, 0, 3, 0, 0);
const WITHHELD = doubtful(['contents_withheld'], 5, 1, 3, 0, 0);

function changed(at: number, change: (entry: ChainedEntry) => ChainedEntry, log = LOG): AuditLog {
  return { ...log, entries: log.entries.map((entry, i) => (i + 1 === at ? change(entry) : entry)) };
}
const hidden = (entry: ChainedEntry): ChainedEntry => ({ ...entry, content: undefined });
const erasedBy = (index: bigint) => (entry: ChainedEntry) => ({ ...hidden(entry), erasedBy: index });
const flipped = (bytes: Uint8Array, at = 7): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const cut = (entries: readonly ChainedEntry[]): AuditLog => ({ ...LOG, entries });
const without = (at: number) => LOG.entries.filter((_, i) => i + 1 !== at);
const swapped = (entries: readonly ChainedEntry[], i: number): readonly ChainedEntry[] => [
  ...entries.slice(0, i),
  ...entries.slice(i, i + 2).reverse(),
  ...entries.slice(i + 2),
];
const renumbered = (entries: readonly ChainedEntry[]): readonly ChainedEntry[] =>
  rechained(entries.map((entry, i) => ({ ...entry, index: BigInt(i) + 1n })));
const forgedContent = changed(4, (entry) => {
  const content = entry.content && { ...entry.content, description: 'Wrote nothing' };
  return content === undefined ? entry : { ...entry, content, commitment: commitmentOf(content) };
});
/** A history that parts from LOG at its eighth entry, certified last. */
const FORKED_ENTRIES: readonly Written[] = [
  ...LATER_ENTRIES.slice(0, 7).map((entry, i) => (i === 2 ? { ...entry, erasedBy: 10n } : entry)),
  event('AgentRemoved', 'Agent removed', { name: 'Mail agent' }),
  event('AgentAdded', 'Agent added', { name: 'Other agent' }),
  event('ActivitiesRetired', 'Activities retired', { activities: 1 }),
];
const FORK = logOf(chained(FORKED_ENTRIES), { certifiedAt: CERTIFIED_AT + 10n * MINUTE });
const ROLLED_BACK = logOf(chained(ENTRIES.slice(0, 7)), { certifiedAt: CERTIFIED_AT + 10n * MINUTE });
const RANGE = [[bytesOf('').fill(0).slice(0, 10), SERVICE.toUint8Array()]] as const;
const FAR_RANGE = [[ATTACKER.toUint8Array(), ATTACKER.toUint8Array()]] as const;
const OLD = logOf(chained(LATER_ENTRIES), { certifiedAt: NOW - 400n * DAY });
const DAYS = (count: bigint): string => String(count * DAY);
/** What tells of an erasure, in words of its own. */
const told = (metadata: string): AuditLog =>
  logOf(
    chained(
      LATER_ENTRIES.map((entry, i) => (i === 8 ? event('ActivitiesRetired', 'Retired', metadata) : entry)),
    ),
  );

const tip = (log: AuditLog, changes: Partial<SignedTip> = {}): string =>
  `${encodeAuditTip({ ...tipOf(log), ...changes })}\n`;
const HEAD = encodeAuditLog(LOG).split('\n')[0] ?? '';
/** A log whose second line is another one. */
const line = (text: string): string => `${HEAD}\n${text}\n`;
const FIRST = encodeAuditLog(LOG).split('\n')[1] ?? '';
const put = (found: string | RegExp, text: string): string => line(FIRST.replace(found, () => text));

type LogRow = readonly [name: string, log: AuditLog | string, outcome: Outcome, expected?: Expected];

const LOGS: readonly LogRow[] = [
  ['a whole log', LOG, WHOLE],
  ['a whole log, of which everything is asked', LOG, WHOLE, { complete: true, max_age: DAYS(1n) }],
  ['a log signed by a subnet', logOf(LOG.entries, { ranges: RANGE }), WHOLE],
  [
    'a log whose chain begins at a later entry',
    logOf(chained(ENTRIES.slice(0, 4), 5n)),
    proven(4, 0, 0, 0, 0),
  ],
  // Whose it is.
  ["a log of an attacker's canister", logOf(LOG.entries, { canisterId: ATTACKER }), refused('canister')],
  [
    "a log of an attacker's canister under this one's name",
    { ...logOf(LOG.entries, { canisterId: ATTACKER }), canisterId: SERVICE },
    refused('certificate'),
  ],
  ['a log of another network', logOf(LOG.entries, { network: OTHER_ROOT }), refused('certificate')],
  ["a log held against another network's key", LOG, refused('certificate'), { root_key: key(OTHER_ROOT) }],
  [
    'a log signed by a subnet that does not hold the canister',
    logOf(LOG.entries, { ranges: FAR_RANGE }),
    refused('certificate'),
  ],
  ['a certificate that is none', { ...LOG, certificate: bytesOf('nothing') }, refused('certificate')],
  ['a certificate without a byte', { ...LOG, certificate: new Uint8Array() }, refused('certificate')],
  [
    'a certificate with a flipped byte',
    { ...LOG, certificate: flipped(LOG.certificate, LOG.certificate.length - 20) },
    refused('certificate'),
  ],
  // When it was.
  ['a log 400 days old', OLD, doubtful(['old'], 6, 0, 3, 0, 0)],
  ['a log 400 days old, which is refused', OLD, refused('age'), { max_age: DAYS(1n) }],
  ['a log 400 days old, which is allowed', OLD, WHOLE, { max_age: DAYS(401n) }],
  ['a log 29 days old', LOG, WHOLE, { now: String(CERTIFIED_AT + 29n * DAY) }],
  ['a log at its greatest age', LOG, WHOLE, { max_age: String(30n * MINUTE) }],
  ['a log beyond its greatest age', LOG, refused('age'), { max_age: String(30n * MINUTE - 1n) }],
  [
    'a log by a clock that is four minutes behind',
    LOG,
    WHOLE,
    { now: String(CERTIFIED_AT - 4n * MINUTE), max_age: '0' },
  ],
  ['a log from the future', LOG, refused('future'), { now: String(CERTIFIED_AT - 6n * MINUTE) }],
  ['a log from the end of time', logOf(LOG.entries, { certifiedAt: 2n ** 64n - 1n }), refused('future')],
  // What is shown of it.
  ['a log of which a content is withheld', changed(4, hidden), WITHHELD],
  [
    'a log of which a content is withheld, which has to be complete',
    changed(4, hidden),
    refused('incomplete'),
    { complete: true },
  ],
  [
    'a log of which all contents are withheld',
    { ...LOG, entries: LOG.entries.map(hidden) },
    doubtful(['contents_withheld', 'erasures_unproven'], 0, 6, 3, 3, 0),
  ],
  [
    'a log of which all contents are withheld, which has to be complete',
    { ...LOG, entries: LOG.entries.map(hidden) },
    refused('incomplete'),
    { complete: true },
  ],
  [
    'erasures told by an entry that is withheld',
    changed(7, hidden),
    doubtful(['contents_withheld', 'erasures_unproven'], 5, 1, 3, 2, 0),
  ],
  [
    'an erased entry without its mark',
    changed(5, ({ erasedBy: _, ...entry }) => ({ ...entry, erasedBy: undefined })),
    doubtful(['contents_withheld', 'erasures_unmarked'], 6, 1, 2, 0, 1),
  ],
  // Marks that are false.
  ['an entry falsely marked erased, one more than is told', changed(4, erasedBy(7n)), refused('erasure', 4)],
  [
    'an entry falsely marked erased by an entry of another kind',
    changed(4, erasedBy(8n)),
    refused('erasure', 4),
  ],
  ['an entry falsely marked erased by a user’s entry', changed(1, erasedBy(4n)), refused('erasure', 1)],
  ['an entry falsely marked erased by itself', changed(4, erasedBy(4n)), refused('erasure', 4)],
  ['an entry falsely marked erased by an earlier one', changed(8, erasedBy(7n)), refused('erasure', 8)],
  [
    'an entry falsely marked erased by one that is not there',
    changed(4, erasedBy(10n)),
    refused('erasure', 4),
  ],
  [
    'an entry falsely marked erased by the last number',
    changed(4, erasedBy(2n ** 64n - 1n)),
    refused('erasure', 4),
  ],
  ['an entry falsely marked erased by an erased one', changed(4, erasedBy(5n)), refused('erasure', 4)],
  [
    'an entry marked erased that is there',
    changed(4, (entry) => ({ ...entry, erasedBy: 7n })),
    refused('erasure', 4),
  ],
  ['an erasure told in no JSON', told('{'), refused('erasure', 3)],
  ['an erasure told in JSON of another shape', told('[1]'), refused('erasure', 3)],
  ['an erasure told in null', told('null'), refused('erasure', 3)],
  ['an erasure told of half an entry', told('{"activities":1.5}'), refused('erasure', 3)],
  ['an erasure told in a text', told('{"activities":"1"}'), refused('erasure', 3)],
  ['an erasure told of no entries', told('{"activities":-1}'), refused('erasure', 3)],
  ['an erasure told very deeply', told('['.repeat(5_000)), refused('erasure', 3)],
  // What was done to its entries.
  ['a log without its first entry', cut(without(1)), refused('chain', 2)],
  ['a log without an entry in the middle', cut(without(4)), refused('chain', 4)],
  ['a log cut at its end', cut(without(9)), refused('erasure', 3)],
  [
    'a log cut at its end where nothing is erased',
    { ...logOf(chained(ENTRIES.slice(0, 4))), entries: chained(ENTRIES.slice(0, 3)) },
    refused('certificate'),
  ],
  ['a log without entries', cut([]), refused('format')],
  ['a cut log, chained again', cut(rechained(without(1))), refused('certificate')],
  [
    'a log without an entry, numbered and chained again',
    cut(renumbered(without(8)).map((entry) => (entry.index === 3n ? { ...entry, erasedBy: 8n } : entry))),
    refused('certificate'),
  ],
  ['a reordered log', cut(swapped(LOG.entries, 2)), refused('chain', 3)],
  [
    'a reordered log, numbered and chained again',
    cut(renumbered(swapped(LOG.entries, 0))),
    refused('certificate'),
  ],
  [
    'a log with an entry twice',
    cut([...LOG.entries.slice(0, 3), ...LOG.entries.slice(2)]),
    refused('chain', 4),
  ],
  [
    'a log with an entry more',
    cut([...LOG.entries, ...chained([...LATER_ENTRIES, event('AdminAdded', 'Admin added', {})]).slice(9)]),
    refused('certificate'),
  ],
  [
    'a log joined from two',
    cut(
      [...FORK.entries.slice(0, 8), ...LOG.entries.slice(8)].map((entry) =>
        entry.index === 3n ? { ...entry, erasedBy: 9n } : entry,
      ),
    ),
    refused('chain', 9),
  ],
  [
    'an old certificate with newer entries',
    { ...LOG, certificate: EARLIER.certificate },
    refused('certificate'),
  ],
  [
    'a flipped byte of a commitment',
    changed(5, (entry) => ({ ...entry, commitment: flipped(entry.commitment) })),
    refused('chain', 5),
  ],
  [
    'a flipped byte of a digest',
    changed(5, (entry) => ({ ...entry, digest: flipped(entry.digest) })),
    refused('chain', 5),
  ],
  [
    'a flipped byte of a salt',
    changed(4, (entry) => ({
      ...entry,
      content: entry.content && { ...entry.content, salt: flipped(entry.content.salt) },
    })),
    refused('content', 4),
  ],
  [
    'a content that was changed',
    changed(4, (entry) => ({
      ...entry,
      content: entry.content && { ...entry.content, description: 'Wrote nothing' },
    })),
    refused('content', 4),
  ],
  [
    'a content that was changed, and chained again',
    cut(rechained(forgedContent.entries)),
    refused('certificate'),
  ],
  [
    'a content of another entry',
    changed(4, (entry) => ({ ...entry, content: LOG.entries[0]?.content })),
    refused('content', 4),
  ],
  [
    'a content of a kind that there is not',
    changed(4, (entry) => ({ ...entry, content: entry.content && { ...entry.content, kind: 'UserErased' } })),
    refused('content', 4),
  ],
  // What it has to continue.
  ['a log that extends an earlier one', LOG, WHOLE, { extends: 'earlier log' }],
  ['a log that extends the tip of an earlier one', LOG, WHOLE, { extends: 'earlier tip' }],
  ['a log that extends itself', LOG, WHOLE, { extends: 'a whole log' }],
  ['a log that extends its own tip', LOG, WHOLE, { extends: 'tip' }],
  ['a forked log', FORK, refused('fork', 8), { extends: 'earlier log' }],
  ['a forked log, by a tip', FORK, refused('fork', 8), { extends: 'earlier tip' }],
  ['a log that forked from a longer one', LOG, refused('fork', 8), { extends: 'a forked log' }],
  [
    'a log that began anew',
    logOf(chained(ENTRIES.slice(0, 3), 12n)),
    refused('fork', 8),
    { extends: 'earlier log' },
  ],
  ['a log that was rolled back', ROLLED_BACK, refused('rollback'), { extends: 'earlier log' }],
  ['a log that was rolled back, by a tip', ROLLED_BACK, refused('rollback'), { extends: 'tip' }],
  [
    'a longer log, certified before the one that it extends',
    LOG,
    refused('rollback'),
    { extends: 'a log that was rolled back' },
  ],
  ['a log older than the one that it has to extend', EARLIER, refused('age'), { extends: 'a whole log' }],
  [
    "a log that extends one of an attacker's canister",
    LOG,
    refused('canister'),
    { extends: "a log of an attacker's canister" },
  ],
  [
    'a log that extends one without a certificate',
    LOG,
    refused('certificate'),
    { extends: 'a certificate without a byte' },
  ],
  [
    'a log that extends a tip of another index',
    LOG,
    refused('certificate'),
    { extends: 'a tip with another index' },
  ],
  // Files that are none.
  ['an empty file', '', refused('format')],
  ['a file of words', 'dear diary\n', refused('format')],
  ['a file of a list', '[]\n', refused('format')],
  ['a file of a number', '1\n', refused('format')],
  ['a file of brackets', `${'['.repeat(5_000)}\n`, refused('format')],
  ['a file of another format', `${HEAD.replace('log-1', 'log-2')}\n`, refused('format')],
  ['a file of a tip', tip(LOG), refused('format')],
  ['a head with a field that nobody knows', `${HEAD.replace('{', '{"entries":"8",')}\n`, refused('format')],
  ['a head without a canister', `${HEAD.replace(/"canister_id":"[^"]+",/, '')}\n`, refused('format')],
  [
    'a head with a canister that is none',
    `${HEAD.replace(/"canister_id":"[^"]+"/, '"canister_id":"aaaaa-ab"')}\n`,
    refused('format'),
  ],
  ['a head with a field twice', `${HEAD.replace('{', '{"canister_id":"aaaaa-aa",')}\n`, refused('format')],
  ['a line of a log cut in the middle', line(FIRST.slice(0, -10)), refused('format')],
  ['a line of words', line('dear diary'), refused('format')],
  ['a line of a list', line('[]'), refused('format')],
  ['a blank line in the middle', `${HEAD}\n\n${FIRST}\n`, refused('format')],
  ['a field twice', put('{', '{"index":"2",'), refused('format')],
  ['a field twice, once with escapes', put('{', '{"\\u0069ndex":"2",'), refused('format')],
  ['a field of a content twice', put('"salt"', '"kind":"AdminRemoved","salt"'), refused('format')],
  ['a field that nobody knows', put('{', '{"erased":"7",'), refused('format')],
  ['a field with the name of a prototype', put('{', '{"__proto__":"7",'), refused('format')],
  ['a field of a content that nobody knows', put('"salt"', '"note":"x","salt"'), refused('format')],
  ['an index that is missing', put('"index":"1",', ''), refused('format')],
  ['an index that is a number', put('"index":"1"', '"index":1'), refused('format')],
  [
    'an index beyond 2^53 that is a number',
    put('"index":"1"', '"index":9007199254740993'),
    refused('format'),
  ],
  ['an index of 2^64', put('"index":"1"', `"index":"${2n ** 64n}"`), refused('format')],
  [
    'an index beyond 2^53',
    put('"index":"1"', '"index":"9007199254740993"'),
    refused('chain', 9007199254740993n),
  ],
  ['an index below zero', put('"index":"1"', '"index":"-1"'), refused('format')],
  ['an index with a zero before it', put('"index":"1"', '"index":"01"'), refused('format')],
  ['an index in other digits', put('"index":"1"', '"index":"١"'), refused('format')],
  ['an index of a thousand digits', put('"index":"1"', `"index":"${'9'.repeat(1000)}"`), refused('format')],
  ['an index with a line end behind it', put('"index":"1"', '"index":"1\\n"'), refused('format')],
  ['an index that is null', put('"index":"1"', '"index":null'), refused('format')],
  [
    'a commitment in capitals',
    put(/"commitment":"[^"]+"/, `"commitment":"${'AB'.repeat(32)}"`),
    refused('format'),
  ],
  [
    'a commitment that is too short',
    put(/"commitment":"[^"]+"/, `"commitment":"${'ab'.repeat(31)}"`),
    refused('format'),
  ],
  ['a commitment of half a byte', put(/"commitment":"[^"]+"/, '"commitment":"abc"'), refused('format')],
  ['a content that is null', put(/"content":.*\}\}$/, '"content":null}'), refused('format')],
  ['a content that is a text', put(/"content":.*\}\}$/, '"content":"x"}'), refused('format')],
  ['a content that is a list', put(/"content":.*\}\}$/, '"content":[{"content":"x"}]}'), refused('format')],
  ['a content without a kind', put('"kind":"AdminAdded",', ''), refused('format')],
  [
    'a description that is an object',
    put('"description":"Admin added"', '"description":{}'),
    refused('format'),
  ],
  [
    'a description nested very deeply',
    put('"description":"Admin added"', `"description":${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    refused('format'),
  ],
  [
    'a description with half a character',
    put('"description":"Admin added"', '"description":"\\ud83d"'),
    refused('format'),
  ],
  ['a timestamp that is a fraction', put(/"timestamp":"\d+"/, '"timestamp":"1.5"'), refused('format')],
  ['a salt that is too long', put(/"salt":"[^"]+"/, `"salt":"${'ab'.repeat(17)}"`), refused('format')],
];

const TIPS: readonly LogRow[] = [
  ['a tip', tip(LOG), { verdict: 'proven' }],
  ['a tip with its greatest age', tip(LOG), refused('age'), { max_age: String(MINUTE) }],
  ['a tip from the future', tip(LOG), refused('future'), { now: String(CERTIFIED_AT - DAY) }],
  ["a tip of an attacker's canister", tip(logOf(LOG.entries, { canisterId: ATTACKER })), refused('canister')],
  ['a tip of another network', tip(logOf(LOG.entries, { network: OTHER_ROOT })), refused('certificate')],
  ['a tip with another index', tip(LOG, { index: 8n }), refused('certificate', 8)],
  ['a tip with another commitment', tip(LOG, { commitment: bytesOf('x') }), refused('certificate', 9)],
  ['a tip with another digest before it', tip(LOG, { before: bytesOf('x') }), refused('certificate', 9)],
  [
    'a tip with an older certificate',
    tip(LOG, { certificate: EARLIER.certificate }),
    refused('certificate', 9),
  ],
  ['a tip of a log', encodeAuditLog(LOG), refused('format')],
  ['a tip with a field twice', tip(LOG).replace('{', '{"index":"9",'), refused('format')],
  ['a tip with a field that nobody knows', tip(LOG).replace('{', '{"digest":"9",'), refused('format')],
  ['a tip cut in the middle', tip(LOG).slice(0, 300), refused('format')],
];

const FILES: Readonly<Record<string, string>> = {
  tip: tip(LOG),
  'earlier log': encodeAuditLog(EARLIER),
  'earlier tip': tip(EARLIER),
  'forked tip': tip(FORK),
  'rolled back tip': tip(ROLLED_BACK),
  'sibling tip': tip(
    logOf(chained([...ENTRIES.slice(0, 7), event('AdminRemoved', 'Admin removed', {})]), {
      certifiedAt: CERTIFIED_AT - DAY + MINUTE,
    }),
  ),
  "attacker's tip": tip(logOf(LOG.entries, { canisterId: ATTACKER })),
  'first tip': tip(logOf(chained(ENTRIES.slice(0, 1)), { certifiedAt: CERTIFIED_AT - 2n * DAY })),
};

const seen = (
  agreeing: number,
  newer = 0,
  others = 0,
): Pick<WitnessVector, 'agreeing' | 'newer' | 'others'> => ({
  agreeing,
  newer,
  others,
});

const WITNESSES: readonly WitnessVector[] = [
  {
    name: 'tips that fit the log',
    log: 'a whole log',
    tips: ['first tip', 'earlier tip', 'tip'],
    ...seen(3),
    findings: [],
  },
  {
    name: 'tips in another order',
    log: 'a whole log',
    tips: ['tip', 'first tip', 'earlier tip'],
    ...seen(3),
    findings: [],
  },
  { name: 'no tips', log: 'a whole log', tips: [], ...seen(0), findings: [] },
  {
    name: "an attacker's tip beside",
    log: 'a whole log',
    tips: ["attacker's tip", 'tip'],
    ...seen(1, 0, 1),
    findings: [],
  },
  {
    name: 'a tip newer than the log',
    log: 'earlier log',
    tips: ['first tip', 'tip'],
    ...seen(1, 1),
    findings: [],
  },
  {
    name: 'a fork: a log that leaves the tips',
    log: 'a forked log',
    tips: ['first tip', 'earlier tip', 'tip'],
    ...seen(1),
    findings: [
      ['fork', 2],
      ['fork', 3],
    ],
  },
  {
    name: 'a rollback: a log shorter than the tips',
    log: 'a log that was rolled back',
    tips: ['first tip', 'earlier tip'],
    ...seen(1),
    findings: [['rollback', 2]],
  },
  {
    name: 'a rollback: a later tip shorter than the log',
    log: 'a whole log',
    tips: ['tip', 'rolled back tip'],
    ...seen(1),
    findings: [['rollback', 2]],
  },
  {
    name: 'a fork: two tips at one index',
    log: 'a whole log',
    tips: ['earlier tip', 'sibling tip'],
    ...seen(1),
    findings: [['fork', 2]],
  },
  {
    name: 'a fork: two tips that an older log does not reach',
    log: 'a log that was cut before',
    tips: ['earlier tip', 'sibling tip'],
    ...seen(0, 1),
    findings: [['fork', 2]],
  },
  {
    name: 'a tip that the witness forged',
    log: 'a whole log',
    tips: ['earlier tip', 'a tip with another index'],
    ...seen(1),
    findings: [['certificate', 2]],
  },
];

function vectorOf([name, , outcome, expected = {}]: LogRow): LogVector {
  return { name, file: name, expected, ...outcome };
}

/** All of them; the same each time. */
export function makeVectors(): Vectors {
  const files = [...LOGS, ...TIPS].map(([name, log]) => [
    name,
    typeof log === 'string' ? log : encodeAuditLog(log),
  ]);
  const shorter = logOf(chained(ENTRIES.slice(0, 1)), { certifiedAt: CERTIFIED_AT - 2n * DAY });
  return {
    about:
      'Logs, tips and witnesses with what verifiers have to say of them; docs/explanation/audit-log.md has the formats. Written by tests/client/audit/make-vectors.ts.',
    canister_id: SERVICE.toText(),
    root_key: key(ROOT),
    now: String(NOW),
    files: { ...FILES, 'a log that was cut before': encodeAuditLog(shorter), ...Object.fromEntries(files) },
    logs: LOGS.map(vectorOf),
    tips: TIPS.map(vectorOf),
    witnesses: WITNESSES,
  };
}
