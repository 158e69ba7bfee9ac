/** The largest responses, a thousand security groups full of rules, have about 20 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Thrown inside the SDK, which may change messages; `mapAwsError` turns it into `RESPONSE_TOO_LARGE`. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads the body of an answer into memory, but no more than `maxBytes`: a hostile or broken endpoint must not fill it.
 * Passed to the SDK as its `streamCollector`.
 */
export async function collectBounded(stream: unknown, maxBytes: number = MAX_BODY_BYTES): Promise<Uint8Array> {
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
