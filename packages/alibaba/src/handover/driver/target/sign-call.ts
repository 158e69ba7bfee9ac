import { createHmac } from 'node:crypto';

/** A call without a body, as it is signed. */
export interface SignedCall {
  readonly method: string;
  /** With its query, whose parameters are in alphabetical order. */
  readonly path: string;
  readonly key: string;
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly nonce: string;
}

/**
 * Headers of a call that is signed as apps sign it, which both gateways verify.
 * @see https://help.aliyun.com/document_detail/29475.html
 */
export function signCall({ method, path, key, secret, at, nonce }: SignedCall): Readonly<Record<string, string>> {
  const signed = { 'x-ca-key': key, 'x-ca-nonce': nonce, 'x-ca-timestamp': String(at) };
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}`);
  const text = [method, '*/*', '', '', '', ...lines, path].join('\n');
  return {
    accept: '*/*',
    ...signed,
    'x-ca-signature-headers': Object.keys(signed).join(','),
    'x-ca-signature': createHmac('sha256', secret).update(text).digest('base64'),
  };
}
