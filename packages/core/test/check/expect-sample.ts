import path from 'node:path';
import { expect } from 'vitest';
import type { Finding } from '../../src/do/findings/finding.js';

const MARKS = { error: '✗', warning: '!', note: '·' } as const;

/** Compares a finding with the sample of its check, which docs/checks.md prints; to update the samples, run: npm run pages. */
export async function expectSample({ check, verdict, severity, subject, message, remedy }: Finding): Promise<void> {
  const mark = verdict === 'unknown' ? '?' : MARKS[severity ?? 'error'];
  const text = `${mark} ${check}  ${subject}: ${message}\n${remedy === undefined ? '' : `→ ${remedy}\n`}`;
  const file = path.resolve(import.meta.dirname, 'samples', `${check.replace('/', '-')}.txt`);
  await expect(text).toMatchFileSnapshot(file);
}
