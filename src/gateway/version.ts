/** What the gateway says it is: the version of its HTTP interface and of its tools. */
export const VERSION = '0.1.0';
