import type { Exchange, Change, Reply } from './exchange.js';

/** Headers that concern one connection only. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers with lower-case names, without those of the connection. */
export function endToEnd<T extends string | readonly string[]>(
  headers: Readonly<Record<string, T>>,
): Record<string, T> {
  const { connection } = headers;
  const more = typeof connection === 'string' ? connection.toLowerCase().split(',') : [];
  const dropped = more.length === 0 ? OF_CONNECTION : new Set([...OF_CONNECTION, ...more.map((name) => name.trim())]);
  const kept: Record<string, T> = {};
  for (const given in headers) {
    const name = given.toLowerCase();
    if (!dropped.has(name)) kept[name] = headers[given] as T;
  }
  return kept;
}

/** Changes headers as mappings ask. A value that the call lacks changes nothing [I]. */
export function changeHeaders(
  headers: Record<string, string | readonly string[]>,
  changes: readonly Change[],
  exchange: Exchange,
  reply?: Reply,
): void {
  for (const { action, name, value } of changes) {
    if (action === 'remove') {
      delete headers[name];
      continue;
    }
    const text = value(exchange, reply);
    if (text === undefined) continue;
    const before = headers[name];
    headers[name] = action === 'append' && before !== undefined ? `${String(before)},${text}` : text;
  }
}
