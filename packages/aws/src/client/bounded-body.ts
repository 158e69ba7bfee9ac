import type { Readable } from 'node:stream';

/** The largest responses, a thousand security groups full of rules, have about 20 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Thrown inside the SDK, which may change messages; `mapAwsError` turns it into `RESPONSE_TOO_LARGE`. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The time for a whole body. The SDK's own timeout ends with the headers. */
const BODY_TIMEOUT_MS = 60_000;

/** Named as the SDK names an answer that does not begin. */
class BodyTooLate extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Reads the body of an answer into memory, but no more than `maxBytes`, and no longer than `maxMs`: a hostile or broken endpoint
 * must not fill it, nor send a byte now and then for ever. Passed to the SDK as its `streamCollector`.
 */
export async function collectBounded(
  stream: unknown,
  maxBytes: number = MAX_BODY_BYTES,
  maxMs: number = BODY_TIMEOUT_MS,
): Promise<Uint8Array> {
  const late = (): void =>
    void (stream as Readable).destroy(new BodyTooLate(`the response had no end after ${maxMs} ms`));
  const timer = setTimeout(late, maxMs);
  try {
    return await collected(stream as Readable, maxBytes);
  } finally {
    clearTimeout(timer);
  }
}

async function collected(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new BodyTooLarge(`the response is larger than ${maxBytes} bytes`);

    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
