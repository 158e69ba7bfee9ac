import { decodeSnapshot } from '../decode/decode.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { encodeSnapshotChunks, type EncodeOptions } from '../do/snapshot/encode.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { decodeText, describe, readStream, readTextFile, SNAPSHOT_MAX_BYTES } from './files.js';
import { writeTextFile, type WriteOptions } from './write-file.js';

export interface ReadSnapshotOptions {
  /** What `-` reads; by default the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined;
  /** The file's name as the user wrote it, for errors. */
  readonly shown?: string | undefined;
  /** Ends the wait for the writer of a pipe, or of standard input. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a snapshot file; `-` is standard input. Makes no call to a cloud or the network.
 * @throws {PosternError} `FILE_UNREADABLE`, `INPUT_TOO_LARGE` over 384 MiB, `INVALID_INPUT` for bad UTF-8,
 *   and all errors of `decodeSnapshot`; all with the file's name.
 */
export async function readSnapshotFile(file: string, options: ReadSnapshotOptions = {}): Promise<Snapshot> {
  const { shown = file, signal } = options;
  if (file === '-') {
    const { stdin = process.stdin } = options;
    return decodeSnapshot(await readInput(stdin, 'standard input', signal), { file: 'standard input' });
  }

  const text = await readTextFile(file, { maxBytes: SNAPSHOT_MAX_BYTES, shown, signal });
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
export async function writeSnapshotFile(
  file: string,
  snapshot: Snapshot,
  { signal, ...options }: EncodeOptions & Pick<WriteOptions, 'signal'> = {},
): Promise<void> {
  await writeTextFile(file, encodeSnapshotChunks(snapshot, options), { signal });
}

async function readInput(
  stream: AsyncIterable<Uint8Array | string>,
  shown: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { addAbortSignal, Readable } = await import('node:stream'); // few snapshots come this way
  if (signal !== undefined && stream instanceof Readable) addAbortSignal(signal, stream);
  try {
    return decodeText(await readStream(stream, SNAPSHOT_MAX_BYTES, shown), shown);
  } catch (error) {
    if (error instanceof PosternError || signal?.aborted === true) throw error;

    throw new PosternError('FILE_UNREADABLE', `${shown}: ${describe(error)}`, { place: { file: shown }, cause: error });
  }
}
