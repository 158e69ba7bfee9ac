import path from 'node:path';
import type { Finding } from '@postern/core';
import { expect } from 'vitest';

const MARKS = { error: '✗', warning: '!', note: '·' } as const;

/**
 * Compares what the first show of a check found with its sample, which docs/checks.md prints; to update the samples, run: npm run pages.
 */
export async function expectSample<T extends { readonly check: string }>(
  shows: readonly T[],
  show: T,
  { check, severity, subject, message, remedy }: Finding,
): Promise<void> {
  if (shows.find((one) => one.check === show.check) !== show) return;
  const text = `${MARKS[severity ?? 'error']} ${check}  ${subject}: ${message}\n${remedy === undefined ? '' : `→ ${remedy}\n`}`;
  const file = path.resolve(import.meta.dirname, 'samples', `${check.replace('/', '-')}.txt`);
  await expect(text).toMatchFileSnapshot(file);
}
