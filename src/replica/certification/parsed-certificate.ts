import {
  CborError,
  type CborMap,
  decodeCbor,
  fieldsOf,
  HASH_TREE_LIMITS,
  isSelfDescribed,
} from '../codec/cbor.ts';
import { CertificateError } from './certificate-error.ts';
import type { HashTree } from './hash-tree.ts';
import { isWellFormed, parseHashTree } from './read-hash-tree.ts';

/** A certificate as it is read, whose signatures nobody has looked at yet ("Certificate"). */
export interface ParsedCertificate {
  readonly tree: HashTree;
  readonly signature: Uint8Array;
  readonly delegation: { readonly subnetId: Uint8Array; readonly certificate: ParsedCertificate } | undefined;
}

/** Reads a certificate. Throws a CertificateError for what is none, and for one whose delegation has another. */
export function parseCertificate(bytes: Uint8Array, mayDelegate = true): ParsedCertificate {
  const map = mapOf(bytes);
  const signature = map.get('signature');
  const delegation = map.get('delegation') ?? undefined;
  if (!(signature instanceof Uint8Array)) throw new CertificateError('"signature" is not a byte string');
  const tree = treeOf(map, 'tree');
  if (delegation === undefined) return { tree, signature, delegation: undefined };
  if (!mayDelegate) throw new CertificateError("the delegation's own certificate has a delegation");
  const told = fieldsOf(delegation);
  const subnetId = told?.get('subnet_id');
  const certificate = told?.get('certificate');
  if (!(subnetId instanceof Uint8Array) || !(certificate instanceof Uint8Array)) {
    throw new CertificateError('the delegation has no "subnet_id" or no "certificate"');
  }
  return { tree, signature, delegation: { subnetId, certificate: parseCertificate(certificate, false) } };
}

/** A map that has to begin with the tag of CBOR. Throws a CertificateError for another item. */
export function mapOf(bytes: Uint8Array): CborMap {
  if (!isSelfDescribed(bytes)) throw new CertificateError('it does not begin with the CBOR tag 55799');
  try {
    const map = fieldsOf(decodeCbor(bytes, HASH_TREE_LIMITS));
    if (map !== undefined) return map;
  } catch (cause) {
    if (!(cause instanceof CborError)) throw cause;
    throw new CertificateError(cause.message, { cause });
  }
  throw new CertificateError('it is not a CBOR map');
}

/** A hash tree among the fields of a map. Throws a CertificateError for what is none, or is not well formed. */
export function treeOf(map: CborMap, name: string): HashTree {
  const tree = parseHashTree(map.get(name));
  if (tree === undefined) throw new CertificateError(`"${name}" is not a hash tree`);
  if (!isWellFormed(tree)) throw new CertificateError(`"${name}" is not well formed`);
  return tree;
}
