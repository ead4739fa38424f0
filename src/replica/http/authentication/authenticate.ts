import type { CertificateVerifier } from '../../certification/certificate-verifier.ts';
import { selfAuthenticatingId } from '../../certification/self-authenticating-id.ts';
import { concatBytes, equalBytes } from '../../codec/bytes.ts';
import { domainSeparator } from '../../codec/domain-separator.ts';
import { Refusal } from '../refusal.ts';
import type { CallContent, ReadStateContent } from './content.ts';
import { followDelegations } from './delegation.ts';
import type { Envelope } from './envelope.ts';
import { checkIngressExpiry } from './ingress-expiry.ts';
import { parsePublicKey } from './keys/parse-public-key.ts';
import { checkSenderInfo } from './sender-info.ts';

const DOMAIN = domainSeparator('ic-request');
const ANONYMOUS = Uint8Array.of(0x04);

/** What a request is held against. */
export interface AuthenticationContext {
  /** ns since 1970. */
  readonly now: bigint;
  readonly certificates: CertificateVerifier;
}

/**
 * Checks that the request is still, and already, valid now and that it comes from whom it says ("Authentication"), and that what it
 * says of its sender is signed. Refuses it otherwise.
 */
export function authenticate(
  envelope: Envelope,
  content: CallContent | ReadStateContent,
  context: AuthenticationContext,
): void {
  const { now } = context;
  if (equalBytes(content.sender, ANONYMOUS)) {
    // An anonymous query or read_state is harmless whenever it is repeated.
    if (content.requestType === 'call') checkIngressExpiry(content.ingressExpiry, now);
    checkAnonymous(envelope);
    checkSenderInfo(content, undefined, context.certificates);
    return;
  }
  checkIngressExpiry(content.ingressExpiry, now);
  checkSignature(envelope, content, context);
  checkSenderInfo(content, envelope.senderPubkey, context.certificates);
}

function checkAnonymous({ senderPubkey, senderSig, senderDelegation }: Envelope): void {
  if (senderPubkey === undefined && senderSig === undefined && senderDelegation === undefined) return;
  throw new Refusal('authentication', 'An anonymous request has no key, signature or delegation');
}

function checkSignature(
  envelope: Envelope,
  content: CallContent | ReadStateContent,
  { now, certificates }: AuthenticationContext,
): void {
  const { senderPubkey, senderSig, senderDelegation = [] } = envelope;
  if (senderPubkey === undefined || senderSig === undefined) {
    throw new Refusal(
      'authentication',
      '"sender_pubkey" and "sender_sig" are missing, and the sender is not anonymous',
    );
  }
  if (!equalBytes(content.sender, selfAuthenticatingId(senderPubkey))) {
    throw new Refusal('authentication', 'The sender is not the principal of "sender_pubkey"');
  }
  const signer = followDelegations(senderPubkey, senderDelegation, {
    requestType: content.requestType,
    canisterId: content.requestType === 'read_state' ? undefined : content.canisterId,
    now,
    certificates,
  });
  if (!parsePublicKey(signer, certificates).verifies(concatBytes(DOMAIN, content.requestId), senderSig)) {
    throw new Refusal('authentication', 'Invalid signature');
  }
}
