/** localhost and the names below it (RFC 6761), 127.0.0.0/8 (RFC 1122) and ::1 (RFC 4291), also as an IPv4 address in an IPv6 one. */
const LOOPBACK = /^(([\w-]+\.)*localhost|(::ffff:)?127(\.\d{1,3}){3}|::ffff:7f[\da-f]{2}:[\da-f]{1,4}|::1)$/i;

/** Whether a host's name or address always leads to the machine itself. An IPv6 address can be in brackets, as in a URL. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.replace(/^\[(.*)\]$/, '$1'));
}
