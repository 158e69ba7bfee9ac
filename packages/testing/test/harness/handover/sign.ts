import { createHmac } from 'node:crypto';

/** How an app signs the calls of a load job: without a nonce and a time, so that a call can be made many times. */
export function signed(
  { key, secret }: { readonly key: string; readonly secret: string },
  method: string,
  path: string,
): Readonly<Record<string, string>> {
  const text = [method, '*/*', '', '', '', `x-ca-key:${key}`, path].join('\n');
  return {
    accept: '*/*',
    'x-ca-key': key,
    'x-ca-signature-headers': 'x-ca-key',
    'x-ca-signature': createHmac('sha256', secret).update(text).digest('base64'),
  };
}
