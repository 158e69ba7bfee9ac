import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** A request as it is signed. */
export interface SignedRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: Readonly<Record<string, string>>;
  /** With `x-acs-content-sha256`, the hash of the body. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The access key that signs. */
interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** The SHA-256 of a text, in hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The header `Authorization` of a request.
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function acs3Authorization(request: SignedRequest, { accessKeyId, accessKeySecret }: AccessKey): string {
  const { method, pathname, query, headers } = request;
  const names = Object.keys(headers).filter((name) => /^(?:x-acs-.*|host|content-type)$/i.test(name));
  const signed = names.map((name) => [name.toLowerCase(), (headers[name] ?? '').trim()] as const);
  signed.sort(([a], [b]) => (a < b ? -1 : 1));
  const signedNames = signed.map(([name]) => name).join(';');
  const canonical = [
    method,
    pathname,
    Object.keys(query)
      .toSorted()
      .map((key) => `${encoded(key)}=${encoded(query[key] ?? '')}`)
      .join('&'),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    signedNames,
    headers['x-acs-content-sha256'],
  ].join('\n');
  const signature = createHmac('sha256', accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  return `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${signedNames},Signature=${signature}`;
}

/** Percent-encoding of RFC 3986: `encodeURIComponent` leaves five more characters as they are. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
