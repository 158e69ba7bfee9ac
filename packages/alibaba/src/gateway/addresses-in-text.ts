const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;

/** Private by RFC 1918, RFC 6598 (used inside Alibaba Cloud) and RFC 4193. */
const PRIVATE = new RegExp(
  String.raw`(?<![\d.])(?:(?:10(?:\.${OCTET})|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:\.${OCTET}){2})(?!\.?\d)` +
    String.raw`|(?<![\w:])f[cd][0-9a-f]{2}:[0-9a-f:]{2,35}(?![\w])`,
  'gi',
);

/** The private addresses anywhere in a text, each once: `say 10.10.40.7 here`, `10.10.40.0/24`. */
export function addressesInText(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PRIVATE)].map(([address]) => address.toLowerCase()))];
}
