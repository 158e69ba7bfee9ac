import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import type { Fuzzed } from './fuzzed-worker.js';

const MOST_MS = 5_000;
const MOST_MB = 300;

type Begun = Pick<Fuzzed, 'seed' | 'kind' | 'length'>;

/** What became of the inputs of seeds. One that has no end, or needs too much memory, ends its worker; the next one goes on behind it. */
async function fuzzed(all: readonly number[]): Promise<readonly (Begun & Partial<Fuzzed>)[]> {
  const found: (Begun & Partial<Fuzzed>)[] = [];
  while (found.length < all.length) {
    await new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('fuzzed-worker.ts', import.meta.url), {
        workerData: { seeds: all.slice(found.length) },
        resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
      });
      let begun: Begun | undefined;
      let timer: NodeJS.Timeout | undefined;
      const end = (code: string): void => {
        clearTimeout(timer);
        if (begun !== undefined) found.push({ ...begun, code });
        else if (found.length < all.length) reject(new Error(code));
        begun = undefined;
        void worker.terminate().then(() => resolve());
      };
      worker.on('message', (message: Begun | Fuzzed) => {
        clearTimeout(timer);
        begun = 'code' in message ? undefined : message;
        if (begun === undefined) found.push(message);
        else timer = setTimeout(() => end('no end'), 120_000);
      });
      worker.on('error', (error) => end(String(error)));
      worker.on('exit', () => end('the worker ended'));
    });
  }
  return found;
}

/** Texts of others are answered, or refused with a code, within {@link MOST_MS} of the processor and {@link MOST_MB} of memory. */
it('no input runs away', async () => {
  const found: Partial<Fuzzed>[] = [];
  const batch: number[] = [];
  for (const seed of seeds(110, 10_000)) {
    batch.push(seed);
    if (batch.length === 110) found.push(...(await fuzzed(batch.splice(0))));
  }
  const isWrong = ({ code = '', ms = 0, heapMb = 0 }: Partial<Fuzzed>): boolean =>
    !/^(?:answer|[A-Z_]+)$/.test(code) || ms >= MOST_MS || heapMb >= MOST_MB;
  expect(found.filter(isWrong)).toEqual([]);
  expect(new Set(found.map(({ kind }) => kind)).size).toBe(11);
  const codes = ['answer', 'INPUT_TOO_LARGE', 'INVALID_INPUT', 'INVALID_SPEC', 'INVALID_YAML'];
  expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
});
