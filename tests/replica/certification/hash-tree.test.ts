import { describe, expect, it } from 'vitest';
import {
  encodableHashTree,
  type HashTree,
  reconstruct,
} from '../../../src/replica/certification/hash-tree.ts';
import { fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { encodeBareCbor } from '../../../src/replica/codec/cbor.ts';

const fork = (left: HashTree, right: HashTree): HashTree => ({ kind: 'fork', left, right });
const labeled = (label: string, tree: HashTree): HashTree => ({ kind: 'labeled', label: utf8(label), tree });
const leaf = (value: string): HashTree => ({ kind: 'leaf', value: utf8(value) });
const pruned = (hash: string): HashTree => ({ kind: 'pruned', hash: fromHex(hash) });
const empty: HashTree = { kind: 'empty' };

const ROOT_HASH = 'eb5c5b2195e62d996b84c9bcc8259d19a83786a2f59e0878cec84c811f669aa0';

describe("the specification's hash tree", () => {
  const whole = fork(
    fork(
      labeled('a', fork(fork(labeled('x', leaf('hello')), empty), labeled('y', leaf('world')))),
      labeled('b', leaf('good')),
    ),
    fork(labeled('c', empty), labeled('d', leaf('morning'))),
  );
  const partial = fork(
    fork(
      labeled(
        'a',
        fork(
          pruned('1b4feff9bef8131788b0c9dc6dbad6e81e524249c879e9f10f71ce3749f5a638'),
          labeled('y', leaf('world')),
        ),
      ),
      labeled('b', pruned('7b32ac0c6ba8ce35ac82c255fc7906f7fc130dab2a090f80fe12f9c2cae83ba6')),
    ),
    fork(
      pruned('ec8324b8a1f1ac16bd2e806edba78006479c9877fed4eb464a25485465af601d'),
      labeled('d', leaf('morning')),
    ),
  );

  it.each([
    [
      'whole',
      whole,
      '8301830183024161830183018302417882034568656c6c6f810083024179820345776f726c6483024162820344676f6f648301830241638100830241648203476d6f726e696e67',
    ],
    [
      'pruned',
      partial,
      '83018301830241618301820458201b4feff9bef8131788b0c9dc6dbad6e81e524249c879e9f10f71ce3749f5a63883024179820345776f726c6483024162820458207b32ac0c6ba8ce35ac82c255fc7906f7fc130dab2a090f80fe12f9c2cae83ba6830182045820ec8324b8a1f1ac16bd2e806edba78006479c9877fed4eb464a25485465af601d830241648203476d6f726e696e67',
    ],
  ])('has its root hash and its CBOR, %s', (_which, tree, cbor) => {
    expect(toHex(reconstruct(tree))).toBe(ROOT_HASH);
    expect(toHex(encodeBareCbor(encodableHashTree(tree)))).toBe(cbor);
  });
});
