import { describe, expect, it } from 'vitest';
import { bytesInWords, codeInWords, withoutCodes } from '../../../src/dashboard/components/words.ts';

describe('machine words', () => {
  it.each([
    [0n, '0 bytes'],
    [1023n, '1,023 bytes'],
    [1536n, '1.5 KiB'],
    [1_073_741_824n, '1 GiB'],
    [18_446_744_073_709_551_615n, '16,777,216 TiB'],
  ])('are units: %d bytes as %s', (bytes, words) => {
    expect(bytesInWords(bytes)).toBe(words);
  });

  it.each([
    ['resource_busy', 'Resource busy'],
    ['INVALID_GRANT', 'Invalid grant'],
    ['The mailbox_did not answer', 'The mailbox_did not answer'],
    ['Timeout', 'Timeout'],
  ])('are words: %s as %s', (code, words) => {
    expect(codeInWords(code)).toBe(words);
  });

  it.each([
    ['GitHub refused: rate_limited', 'GitHub refused: rate limited'],
    ['invalid_grant: the user changed the password', 'Invalid grant: the user changed the password'],
    ['source_unavailable', 'Source unavailable'],
    ['Could not push to acme/my_repo', 'Could not push to acme/my_repo'],
    ['my_file is not there', 'my_file is not there'],
  ])('are words where a text begins or ends with them: %s', (text, words) => {
    expect(withoutCodes(text)).toBe(words);
  });
});
