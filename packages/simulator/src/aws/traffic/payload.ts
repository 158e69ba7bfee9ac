/**
 * The largest body of a request or an answer, in bytes: 10 MB, of HTTP and REST APIs. That it is 10 × 1024 × 1024 is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const LARGEST_PAYLOAD = 10 * 1024 * 1024;

/** Bytes of a body. */
export function lengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}
