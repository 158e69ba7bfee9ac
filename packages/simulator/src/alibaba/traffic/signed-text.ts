import type { GatewayCall } from '../../simulation/traffic/gateway-call.js';
import { ownValue } from '../../simulation/own-value.js';

/** How the media type of a form begins. */
export const FORM = 'application/x-www-form-urlencoded';

/** Headers with a line of their own, whose names are not in it. */
const OWN_LINES = ['accept', 'content-md5', 'content-type', 'date'] as const;
const NOT_SIGNED: ReadonlySet<string> = new Set([...OWN_LINES, 'x-ca-signature', 'x-ca-signature-headers']);

/** Signed where `X-Ca-Signature-Headers` names none. */
const DEFAULT_SIGNED = 'X-Ca-Key';

/**
 * What the signature of a call is made of: method, four headers, the headers that `X-Ca-Signature-Headers` names, the path, and the
 * parameters of query and form, sorted by name, of which the first value counts.
 * @param spelled names of headers as the caller spells them; false: in lower case, as the engine of the successor has them
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-digest-authentication-to-call-an-api
 * @see https://github.com/aliyun/api-gateway-nodejs-sdk (lib/client.js, the official caller)
 * @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/plugin.cc
 */
export function stringToSign({ method, path, headers, body }: GatewayCall, spelled = true): string {
  const lines = [method, ...OWN_LINES.map((name) => headers[name] ?? '')];
  const names = (headers['x-ca-signature-headers'] ?? DEFAULT_SIGNED)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !NOT_SIGNED.has(name.toLowerCase()))
    .map((name) => (spelled ? name : name.toLowerCase()))
    .toSorted();
  const signed = names.map((name) => `${name}:${ownValue(headers, name.toLowerCase()) ?? ''}`);
  const isForm = (headers['content-type'] ?? '').startsWith(FORM);
  return [...lines, ...signed, urlToSign(path, isForm ? Buffer.from(body).toString('utf8') : '')].join('\n');
}

function urlToSign(path: string, form: string): string {
  const mark = path.indexOf('?');
  const [place, query] = mark < 0 ? [path, ''] : [path.slice(0, mark), path.slice(mark + 1)];
  const first = new Map<string, string>();
  for (const [name, value] of [...new URLSearchParams(query), ...new URLSearchParams(form)]) {
    if (!first.has(name)) first.set(name, value);
  }
  const pairs = [...first.keys()].toSorted().map((name) => {
    const value = first.get(name) ?? '';
    return value === '' ? name : `${name}=${value}`;
  });
  return pairs.length === 0 ? place : `${place}?${pairs.join('&')}`;
}
