/** An ordered map of bytes; keys are ordered byte by byte. It copies keys and values. The real one lies in stable memory. */
export interface ByteMap {
  get(key: Uint8Array): Uint8Array | undefined;
  has(key: Uint8Array): boolean;
  set(key: Uint8Array, value: Uint8Array): void;
  delete(key: Uint8Array): void;
  /**
   * Overwrites a value of so many bytes with zeros, before it is removed or replaced by one of another length: the map would leave its bytes where they are. Those
   * that it copied elsewhere before remain.
   */
  wipe(key: Uint8Array, length: number): void;
  /** The `count` smallest keys. There is no walk from the middle: it would cost what lies before it. */
  firstKeys(count: number): Uint8Array[];
  /** Every value, in the order of the keys: for maps that are known to be small. */
  values(): Uint8Array[];
  size(): number;
}

/** A map whose keys are known from elsewhere: what a store of records asks for. */
export type RecordMap = Omit<ByteMap, 'firstKeys' | 'values'>;

/** Every map of the service. */
export interface ByteMaps {
  readonly settings: ByteMap;
  readonly users: ByteMap;
  readonly userHeads: ByteMap;
  readonly sessions: ByteMap;
  readonly interactions: ByteMap;
  readonly activities: ByteMap;
  readonly credentials: ByteMap;
  /** What of sessions and credentials holds a secret. */
  readonly secrets: ByteMap;
  /** Where versions before kept sessions and credentials. */
  readonly formerSessions: ByteMap;
  readonly formerCredentials: ByteMap;
  readonly sessionExpiry: ByteMap;
  readonly credentialExpiry: ByteMap;
  readonly agents: ByteMap;
  readonly admins: ByteMap;
  readonly grants: ByteMap;
  readonly grantees: ByteMap;
  readonly blocks: ByteMap;
  readonly blockedAgents: ByteMap;
  readonly erasures: ByteMap;
  readonly links: ByteMap;
  readonly linkedUsers: ByteMap;
  readonly requests: ByteMap;
  readonly requestExpiry: ByteMap;
  readonly notifications: ByteMap;
  readonly analytics: ByteMap;
  readonly grantExpiry: ByteMap;
  readonly sealing: ByteMap;
  readonly dueConnections: ByteMap;
}
