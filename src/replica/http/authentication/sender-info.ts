import type { CertificateVerifier } from '../../certification/certificate-verifier.ts';
import { concatBytes, equalBytes } from '../../codec/bytes.ts';
import { domainSeparator } from '../../codec/domain-separator.ts';
import { principalText } from '../../codec/principal-text.ts';
import { Refusal } from '../refusal.ts';
import type { CallContent, ReadStateContent } from './content.ts';
import { canisterOfKey, parsePublicKey } from './keys/parse-public-key.ts';

const DOMAIN = domainSeparator('ic-sender-info');

/**
 * Checks what a call or query says of its sender ("Request: Call", `sender_info`): the canister whose key the sender's is has to have
 * signed it. Refuses it otherwise; a request that says nothing is not concerned.
 */
export function checkSenderInfo(
  content: CallContent | ReadStateContent,
  senderPubkey: Uint8Array | undefined,
  certificates: CertificateVerifier,
): void {
  if (content.requestType === 'read_state' || content.callerInfo === undefined) return;
  const { callerInfo, senderInfoSig = new Uint8Array() } = content;
  if (senderPubkey === undefined) {
    throw new Refusal(
      'authentication',
      '"sender_info" is about a sender with a key, not about the anonymous one',
    );
  }
  const canisterId = canisterOfKey(senderPubkey);
  if (canisterId === undefined) {
    throw new Refusal('authentication', '"sender_info" needs a "sender_pubkey" of a canister that signs');
  }
  if (!equalBytes(canisterId, callerInfo.signer)) {
    throw new Refusal(
      'authentication',
      `"sender_info" names the signer ${principalText(callerInfo.signer)}, and "sender_pubkey" is of ${principalText(canisterId)}`,
    );
  }
  const key = parsePublicKey(senderPubkey, certificates);
  if (!key.verifies(concatBytes(DOMAIN, callerInfo.info), senderInfoSig)) {
    throw new Refusal('authentication', 'Invalid signature of "sender_info"');
  }
}
