import { decodeSnapshot } from '../decode/decode-snapshot.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { encodeSnapshotChunks, type EncodeOptions } from '../do/snapshot/encode.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { decodeText, describe, readTextFile, SNAPSHOT_MAX_BYTES, tooLarge, writeTextFile } from './files.js';

/** How a snapshot is read from a file. */
export interface ReadSnapshotOptions {
  /** What `-` reads; by default the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined;
  /** The file's name as the user wrote it, for errors. */
  readonly shown?: string | undefined;
}

/**
 * Reads a snapshot file; `-` is standard input. Makes no call to a cloud or the network.
 * @throws {PosternError} `FILE_UNREADABLE`, `INPUT_TOO_LARGE` over 384 MiB, `INVALID_INPUT` for bad UTF-8,
 *   and all errors of `decodeSnapshot`; all with the file's name.
 */
export async function readSnapshotFile(file: string, options: ReadSnapshotOptions = {}): Promise<Snapshot> {
  const { shown = file } = options;
  if (file === '-') {
    const { stdin = process.stdin } = options;
    return decodeSnapshot(await readStream(stdin, 'standard input'), { file: 'standard input' });
  }
  const text = await readTextFile(file, { maxBytes: SNAPSHOT_MAX_BYTES, shown });
  if (/^\s*[^\s{[]/.test(text)) {
    throw new InvalidInputError('INVALID_INPUT', `${shown}: this is not a snapshot`, {
      place: { file: shown },
      remedy: 'Give a file that `postern snapshot -o` wrote.',
    });
  }
  return decodeSnapshot(text, { file: shown });
}

/**
 * Writes a snapshot file whole or not at all, readable by its owner only: it shows the inside of a network.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function writeSnapshotFile(file: string, snapshot: Snapshot, options: EncodeOptions = {}): Promise<void> {
  await writeTextFile(file, encodeSnapshotChunks(snapshot, options));
}

async function readStream(stream: AsyncIterable<Uint8Array | string>, shown: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > SNAPSHOT_MAX_BYTES) throw tooLarge(shown, SNAPSHOT_MAX_BYTES);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof PosternError) throw error;
    throw new PosternError('FILE_UNREADABLE', `${shown}: ${describe(error)}`, { place: { file: shown }, cause: error });
  }
  return decodeText(Buffer.concat(chunks), shown);
}
