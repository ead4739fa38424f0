import { holdsEveryType, type Mask, type Rights } from '../../models/access/rights.ts';

/** What a method needs of its caller. */
export type Need =
  /** To see records, of one agent type or of those that the caller may see. */
  | 'read'
  /** To see what is counted over every agent type. */
  | 'readEveryType'
  | 'write'
  /** To end what is there: agents that write, and the user. */
  | 'end'
  /** To get a token: agents with the permission, and the user. */
  | 'lease'
  /** To get a token and put another in its place. */
  | 'refresh'
  /** To know for whom secrets are sealed: whoever may do anything with the records. */
  | 'seal'
  /** To seal a secret that is stored: the user, and agents that may do so with a refresh. */
  | 'reseal'
  /** What the user alone decides. */
  | 'own'
  /** What concerns the user as a whole: for the user, and admins, who may have to where a user lost their key. */
  | 'ownOrAdmin';

export interface Demand {
  readonly allows: (rights: Rights, types: Mask) => boolean;
  /** Whether admins may, too: they see metadata, and decide nothing for a user. */
  readonly admins: boolean;
  /** Whether nobody but agents may. */
  readonly agentsOnly: boolean;
}

export const DEMANDS: Readonly<Record<Need, Demand>> = {
  read: {
    allows: ({ read }, types) => (read & types) !== 0,
    admins: true,
    agentsOnly: false,
  },
  readEveryType: {
    allows: ({ read }) => holdsEveryType(read),
    admins: true,
    agentsOnly: false,
  },
  write: {
    allows: ({ write }, types) => (write & types) === types,
    admins: false,
    agentsOnly: true,
  },
  end: {
    allows: ({ write, owns }, types) => owns || (write & types) === types,
    admins: false,
    agentsOnly: false,
  },
  lease: {
    allows: ({ secrets }, types) => (secrets & types) === types,
    admins: false,
    agentsOnly: false,
  },
  refresh: {
    allows: ({ secrets, write }, types) => (secrets & write & types) === types,
    admins: false,
    agentsOnly: true,
  },
  seal: {
    allows: ({ read, write, secrets, owns }, types) => owns || ((read | write | secrets) & types) === types,
    admins: true,
    agentsOnly: false,
  },
  reseal: {
    allows: ({ secrets, write, owns }, types) => owns || (secrets & write & types) === types,
    admins: false,
    agentsOnly: false,
  },
  own: { allows: ({ owns }) => owns, admins: false, agentsOnly: false },
  ownOrAdmin: { allows: ({ owns }) => owns, admins: true, agentsOnly: false },
};
