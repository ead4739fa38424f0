/** Where the network listens unless told: where dfx has its local network, too, so that its commands find this one. */
export const DEFAULT_PORT = 4943;

/** Where a gateway listens unless told. */
export const GATEWAY_PORT = 4980;

/** Where the dapp is served unless told. */
export const DASHBOARD_PORT = 4990;
