/**
 * Whether `from/to` is a range of ports that fits a protocol: 1 to 65535 for TCP and UDP, `-1/-1` for the others.
 * @param protocol in lower case
 */
export function isPortRange(protocol: string, range: string): boolean {
  if (range === '-1/-1') return protocol !== 'tcp' && protocol !== 'udp';
  if (protocol !== 'tcp' && protocol !== 'udp') return false;
  const [, from = '', to = ''] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(range) ?? [];
  return from !== '' && Number(from) <= Number(to) && Number(to) <= 65_535;
}
