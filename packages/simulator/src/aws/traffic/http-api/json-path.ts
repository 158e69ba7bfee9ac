/** Bytes of a body that expressions see. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const LARGEST_BODY = 100 * 1024;

/**
 * The value at a path of a JSON body: `order.items[0].id`. Objects and lists are answered as JSON. Undefined where the body is
 * no JSON or too large, or has no such member.
 */
export function jsonAt(body: string | Uint8Array, path: string): string | undefined {
  if (body.length > LARGEST_BODY) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  for (const [, name = '', index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = index ?? name;
    value = Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
