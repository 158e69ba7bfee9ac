const NAMES: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/**
 * `tcp`, `udp`, `icmp`, `icmpv6`, `all`, or EC2's own word. EC2 accepts names and numbers, and responds with
 * either.
 */
export function protocolOf(protocol: string | undefined): string {
  const word = protocol ?? '-1';
  return NAMES.get(word) ?? word;
}
