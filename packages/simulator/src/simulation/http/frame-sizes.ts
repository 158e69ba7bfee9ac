/**
 * Reads the sizes of WebSocket frames out of the bytes of a connection, however they are cut; `found` is called once for each frame of
 * data, when its size is known. Control frames have no more than 125 bytes.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function frameSizes(found: (bytes: number) => void): (chunk: Buffer) => void {
  let head = Buffer.alloc(0);
  let left = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(left, chunk.length - at);
      left -= skipped;
      at += skipped;
      if (at === chunk.length) return;
      head = Buffer.concat([head, chunk.subarray(at, at + 1)]);
      at += 1;
      const size = sizeIn(head);
      if (size === undefined) continue;
      found(size);
      left = size + MASK_BYTES;
      head = Buffer.alloc(0);
    }
  };
}

/** Callers mask what they send. */
const MASK_BYTES = 4;

/** The size of a frame's data, by the bytes of its head so far; undefined where more are needed. */
function sizeIn(head: Buffer): number | undefined {
  const short = (head[1] ?? 0) & 0x7f;
  const needed = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (head.length < needed) return undefined;
  if (needed === 2) return short;
  return needed === 4 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}
