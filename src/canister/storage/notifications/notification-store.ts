import {
  decodeNotifications,
  encodeNotifications,
  NEVER_SET,
  type Notifications,
} from '../../models/notifications/notifications.ts';
import type { ByteMap } from '../byte-map.ts';
import { sequenceKey } from '../keys.ts';

/** What each user wants to hear of and has read, by user number. */
export class NotificationStore {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  /** The defaults where the user has set nothing. */
  get(user: number | undefined): Notifications {
    const stored = user === undefined ? undefined : this.#map.get(sequenceKey(user));
    return stored === undefined ? NEVER_SET : decodeNotifications(stored);
  }

  put(user: number, notifications: Notifications): void {
    this.#map.set(sequenceKey(user), encodeNotifications(notifications));
  }

  remove(user: number): void {
    this.#map.delete(sequenceKey(user));
  }
}
