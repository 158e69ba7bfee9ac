import { isPosternError } from '@postern/core/internal/library';
import { exitStatus } from '../errors/print-error.js';
import { problemsOf, type Problems } from '../errors/handle-error.js';
import type { Io } from '../process/io.js';
import { requireSpec } from './load-spec.js';

/** What was found of one spec, or what is wrong with it. */
export interface OfSpec<T> {
  /** Undefined where none is named, and the folder has none. */
  readonly file: string | undefined;
  readonly found?: T | undefined;
  readonly wrong?: Problems | undefined;
  /** The exit status of what is wrong; 0 where nothing is. */
  readonly status: number;
}

/** Does the same with each named spec, or with the one of this folder. What is wrong with one does not stop the others. */
export async function eachSpec<T>(
  files: readonly string[],
  io: Io,
  read: (file: string) => Promise<T>,
): Promise<readonly OfSpec<T>[]> {
  const all: OfSpec<T>[] = [];
  for (const named of files.length === 0 ? [undefined] : files) {
    let file = named;
    try {
      file ??= await requireSpec(io);
      all.push({ file, found: await read(file), status: 0 });
    } catch (error) {
      if (!isPosternError(error)) throw error;

      const { problems, more } = problemsOf(error);
      const plain = problems.map(({ code, message, place, remedy }) => ({ code, message, place, remedy }));
      all.push({ file, wrong: { problems: plain, more }, status: exitStatus(error.code) });
    }
  }
  return all;
}

/** The exit status of all: 64 where a spec cannot be read, else that of the first failure. */
export function statusOf(all: readonly OfSpec<unknown>[]): number {
  return all.some(({ status }) => status === 64) ? 64 : (all.find(({ status }) => status !== 0)?.status ?? 0);
}
