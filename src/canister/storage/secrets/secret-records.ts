import { credentialsHoldSecret } from '../../models/credentials/credentials.ts';
import { blankEndedToken, sessionHoldsToken } from '../../models/sessions/session.ts';
import type { ByteMap, ByteMaps } from '../byte-map.ts';
import { SETTINGS_KEYS } from '../settings-keys.ts';
import { FormerMap } from './former-map.ts';
import { FormerSecrets } from './former-secrets.ts';
import { SecretMap } from './secret-map.ts';
import { SecretSlots } from './secret-slots.ts';

/** Which former map it is whose progress is stored. */
const FORMER = { sessions: 0, credentials: 1 } as const;

/** The maps whose records may hold a secret, and what versions before left of them. */
export function secretRecords(maps: ByteMaps) {
  const slots = new SecretSlots(maps.secrets);
  const formerMap = (map: ByteMap, which: number) =>
    new FormerMap(map, { settings: maps.settings, key: Uint8Array.of(SETTINGS_KEYS.formerMaps, which) });
  const sessions = new SecretMap({
    map: maps.sessions,
    slots,
    holdsSecret: sessionHoldsToken,
    former: formerMap(maps.formerSessions, FORMER.sessions),
    mend: blankEndedToken,
  });
  const credentials = new SecretMap({
    map: maps.credentials,
    slots,
    holdsSecret: credentialsHoldSecret,
    former: formerMap(maps.formerCredentials, FORMER.credentials),
  });
  return { sessions, credentials, former: new FormerSecrets([sessions, credentials]) };
}
