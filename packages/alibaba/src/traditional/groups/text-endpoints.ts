import type { GatewayUse } from '@postern/core/internal/snapshot';

/** The endpoint of a call: host, port and scheme, as far as a text contains them. */
export type EndpointInText = Pick<GatewayUse, 'host' | 'port' | 'scheme'>;

/** A URL of a backend; its host may be a stage variable: `http://#host#:8080/x`, `https://[fd00::5]/`. */
const URL_TEXT =
  /^(https?):\/\/(?:[^/?#@\s]{0,256}@)?(\[[0-9a-f:.]{2,45}\]|#[^#\s/]{1,128}#|[^\s/?#:[\]]{1,255})(?::(\d{1,5}|#[^#\s/]{1,128}#))?(?:[/?#]|$)/i;

/** An IPv4 address, with or without a port, that is the whole text: `10.0.0.5:8080`. */
const BARE = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/;

/** The endpoint in a text: a URL, or a bare IPv4 address; `undefined` for any other text. */
export function endpointInText(text: string): EndpointInText | undefined {
  const [, word = '', host, port] = URL_TEXT.exec(text) ?? [];
  if (host !== undefined) {
    const scheme = word.toLowerCase() === 'https' ? 'https' : 'http';
    const given = port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port);
    // A port that is a variable is not known.
    return { host: bare(host), ...(Number.isInteger(given) ? { port: given } : {}), scheme };
  }

  const [, address, at] = BARE.exec(text) ?? [];
  return address === undefined ? undefined : { host: address, ...(at === undefined ? {} : { port: Number(at) }) };
}

/** Names are the same in capitals; stage variables are not. */
function bare(host: string): string {
  return host.startsWith('#') ? host : host.replace(/^\[|\]$/g, '').toLowerCase();
}

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
