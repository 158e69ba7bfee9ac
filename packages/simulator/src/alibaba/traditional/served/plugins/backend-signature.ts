import { createHash, createHmac } from 'node:crypto';
import type { PublishedApi } from '../group-view.js';
import { bodyOf, textIn } from './body.js';

/** A request to a backend, before it is signed. */
interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
}

const KEY_HEADER = 'x-ca-proxy-signature-secret-key';

/**
 * The headers by which a backend knows that the gateway called it: the plug-in `backendSignature`, or a key of the older form. Method,
 * Content-MD5, the signed header and the path are signed, as public backends verify it.
 * @see https://github.com/aliyun/api-gateway-demo-sign-backend-java (Sign.java)
 */
export function backendSignature(published: PublishedApi, { method, path, body }: Unsigned): Record<string, string> {
  const plugin = bodyOf(published, 'backendSignature');
  const { key, secret } = plugin
    ? { key: textIn(plugin, 'key'), secret: textIn(plugin, 'secret') }
    : (published.signature ?? { key: '', secret: '' });
  if (key === '') return {};

  const digest = body.length === 0 ? '' : createHash('md5').update(body).digest('base64');
  const text = [method, digest, `${KEY_HEADER}:${key}`, path].join('\n');
  return {
    'x-ca-proxy-signature': createHmac('sha256', secret).update(text, 'utf8').digest('base64'),
    'x-ca-proxy-signature-headers': KEY_HEADER,
    [KEY_HEADER]: key,
  };
}
