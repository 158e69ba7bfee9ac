const NAMES: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['all', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/** A protocol as the model names it: EC2 takes names and numbers. */
export function protocolOf(protocol: string | undefined): string {
  const word = (protocol ?? '-1').toLowerCase();
  return NAMES.get(word) ?? word;
}
