import { BodyTooLarge } from './failures.js';

/** A page of a hundred plug-ins with the largest bodies has about 5 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads a body as text, but no more than `maxBytes`: a hostile or broken endpoint must not fill the memory. */
export async function readBounded(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new BodyTooLarge(`the response is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
