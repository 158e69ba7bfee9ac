import { parentPort, workerData } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';
import { isPosternError } from '@postern/core';
import { evaluated, filesOf } from '../terraform/hostile-expressions.js';
import { fuzzedInput } from './fuzzed-inputs.js';

/** What became of an input: its error's code, or `answer`. An error of no code is its text. */
export interface Fuzzed {
  readonly seed: number;
  readonly kind: string;
  readonly length: number;
  readonly code: string;
  readonly ms: number;
  readonly heapMb: number;
}

const { seeds } = workerData as { readonly seeds: readonly number[] };
for (const seed of seeds) {
  const { kind, text, use } = fuzzedInput(seed, (files) => evaluated(filesOf(files)));
  parentPort?.postMessage({ seed, kind, length: text.length }, []);
  const before = process.cpuUsage();
  const code = await Promise.resolve(text)
    .then(use)
    .then(
      () => 'answer',
      (error: unknown) =>
        isPosternError(error) && error.code !== 'INTERNAL' ? error.code : String((error as Error).stack ?? error),
    );
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1_000;
  const heapMb = getHeapStatistics().used_heap_size / 2 ** 20;
  parentPort?.postMessage({ seed, kind, length: text.length, code, ms, heapMb } satisfies Fuzzed, []);
}
