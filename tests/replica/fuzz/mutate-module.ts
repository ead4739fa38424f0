import { gzipSync } from 'node:zlib';
import { concatBytes, utf8 } from '../../../src/replica/codec/bytes.ts';
import { ByteReader } from '../../../src/replica/wasm/byte-reader.ts';
import { ByteWriter } from '../../../src/replica/wasm/byte-writer.ts';
import { SectionId } from '../../../src/replica/wasm/sections.ts';
import { mutate } from '../support/mutate.ts';
import type { Random } from '../support/random.ts';

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

const PREAMBLE_BYTES = 8;

/** A module of the corpus, changed: byte by byte, by whole sections, inside the bodies of functions, or in its packing. */
export function mutateModule(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const module = corpus[random.below(corpus.length)] ?? new Uint8Array();
  switch (random.below(8)) {
    case 0:
      return mutate(module, random);
    case 1:
    case 2:
      return joinSections(changeSections(sectionsOf(module), corpus, random));
    case 3:
    case 4:
    case 5:
      return joinSections(changeBodies(sectionsOf(module), random));
    case 6:
      return joinSections(changeCount(sectionsOf(module), random));
    default: {
      const packed = new Uint8Array(
        gzipSync(random.oneIn(2) ? module : mutate(module, random, PREAMBLE_BYTES)),
      );
      return random.oneIn(2) ? packed : mutate(packed, random, 3);
    }
  }
}

function sectionsOf(module: Uint8Array): Section[] {
  const reader = new ByteReader(module, PREAMBLE_BYTES);
  const sections: Section[] = [];
  while (reader.position < module.length) {
    sections.push({ id: reader.byte(), content: reader.take(reader.u32()) });
  }
  return sections;
}

function joinSections(sections: readonly Section[]): Uint8Array {
  const writer = new ByteWriter().bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  for (const { id, content } of sections) writer.byte(id).unsigned(content.length).bytes(content);
  return writer.written().slice();
}

/** Sections left out, repeated, moved, taken from another module, or of another kind. */
function changeSections(sections: Section[], corpus: readonly Uint8Array[], random: Random): Section[] {
  const at = random.below(sections.length);
  const section = sections[at];
  if (section === undefined) return sections;
  switch (random.below(6)) {
    case 0:
      sections.splice(at, 1);
      break;
    case 1:
      sections.splice(random.below(sections.length), 0, section);
      break;
    case 2:
      sections.splice(at, 1);
      sections.splice(random.below(sections.length + 1), 0, section);
      break;
    case 3: {
      const others = sectionsOf(corpus[random.below(corpus.length)] ?? new Uint8Array());
      const other = others.find(({ id }) => id === section.id) ?? section;
      sections.splice(at, 1, other);
      break;
    }
    case 4:
      sections.splice(at, 1, { id: random.below(15), content: section.content });
      break;
    default: {
      const name = random.pick([
        'icp:public a',
        'icp:private a',
        'icp:public ',
        'icp:',
        'name',
        'icp:public \u00e9',
      ]);
      const writer = new ByteWriter().name(name).bytes(random.bytes(random.below(2000)));
      for (let copies = 1 + random.below(20); copies > 0; copies--) {
        sections.push({ id: SectionId.custom, content: writer.written().slice() });
      }
    }
  }
  return sections;
}

/** The number of entries that a section begins with, made to lie. */
function changeCount(sections: Section[], random: Random): Section[] {
  const at = random.below(sections.length);
  const section = sections[at];
  if (section === undefined) return sections;
  const reader = new ByteReader(section.content);
  const count = reader.u32();
  const said = random.pick([count + 1, 0, 1, 2 ** 32 - 1, 2 ** 28, 100_000]);
  const rest = section.content.subarray(reader.position);
  sections[at] = { id: section.id, content: new ByteWriter().unsigned(said).bytes(rest).written().slice() };
  return sections;
}

/** Instructions that nest, jump, grow, or have long immediates. */
const SNIPPETS: readonly [readonly number[], ...(readonly number[])[]] = [
  [0x02, 0x40, 0x0b],
  [0x03, 0x40, 0x0c, 0x00, 0x0b],
  [0x00],
  [0x0c, 0x00],
  [0x0e, 0x02, 0x00, 0x00, 0x00],
  [0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x40, 0x00, 0x1a],
  [0x41, 0x01, 0x40, 0x00, 0x1a],
  [0x10, 0x00],
  [0x11, 0x00, 0x00],
  [0x12, 0x00],
  [0xfc, 0x0b, 0x00],
  [0xfc, 0xff, 0x7f],
  [0xfd, 0x0c, ...new Array<number>(16).fill(1), 0x1a],
  [0xfe, 0x00],
  [0x06, 0x40, 0x0b],
  [0xd2, 0x00, 0x1a],
  [0x1c, 0x01, 0x7f],
  [0x42, ...new Array<number>(9).fill(0xff), 0x01, 0x1a],
  [0x05],
  [0x0b],
];

/** Bodies with instructions put in or bytes changed, their sizes told rightly, so that the changes reach the scanner. */
function changeBodies(sections: Section[], random: Random): Section[] {
  const at = sections.findIndex(({ id }) => id === SectionId.code);
  const code = sections[at];
  if (code === undefined) return sections;
  const reader = new ByteReader(code.content);
  const bodies = Array.from({ length: reader.u32() }, () => reader.take(reader.u32()));
  const chosen = random.below(bodies.length);
  const body = bodies[chosen];
  if (body === undefined) return sections;
  bodies[chosen] = random.oneIn(2) ? mutate(body, random) : withSnippets(body, random);
  const writer = new ByteWriter().unsigned(bodies.length);
  for (const each of bodies) writer.unsigned(each.length).bytes(each);
  sections[at] = { id: SectionId.code, content: writer.written().slice() };
  return sections;
}

function withSnippets(body: Uint8Array, random: Random): Uint8Array {
  const snippet = Uint8Array.from(random.pick(SNIPPETS));
  const copies = random.oneIn(20) ? 2000 : 1 + random.below(3);
  // Behind the locals, most often: there the instructions begin.
  const at = random.oneIn(3) ? random.below(body.length) : Math.min(1, body.length);
  const inserted = Array.from({ length: copies }, () => snippet);
  return concatBytes(body.subarray(0, at), ...inserted, body.subarray(at));
}

/** Modules whose names and sizes are at the edge of what the specification allows. */
export function edgeModule(random: Random): Uint8Array {
  const types = [1, 0x60, 0, 0];
  const name = random.pick(['canister_update ', 'canister_query ', 'canister_', 'canister_init', 'memory']);
  const count = random.pick([1, 2, 999, 1001]);
  const exports = new ByteWriter().unsigned(count);
  for (let i = 0; i < count; i++)
    exports
      .name(`${name}${random.oneIn(9) ? '\0' : i}`)
      .byte(0)
      .unsigned(0);
  const memory = [
    1,
    random.below(8),
    ...[...utf8(String.fromCharCode(random.below(128)))],
    random.below(256),
  ];
  return joinSections([
    { id: SectionId.type, content: Uint8Array.from(types) },
    { id: SectionId.function, content: Uint8Array.of(1, 0) },
    ...(random.oneIn(2) ? [{ id: SectionId.memory, content: Uint8Array.from(memory) }] : []),
    { id: SectionId.export, content: exports.written().slice() },
    { id: SectionId.code, content: Uint8Array.of(1, 2, 0, 0x0b) },
  ]);
}
