import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

/** The blocks of the page that name a file in their first line, and the rest of each. */
const BLOCKS = [
  ...readFileSync(path.join(ROOT, 'docs/contributing/write-an-adapter.md'), 'utf8').matchAll(
    /^```ts\n\/\/ (\S+)\n(.*?)^```$/gms,
  ),
].map(([, file = '', text = '']) => [file, text] as const);

it('has an example of each step', () => {
  const files = BLOCKS.map(([file]) => path.basename(file));
  for (const file of ['value.ts', 'cloud.ts', 'driver.ts', 'account.ts', 'planner.ts', 'plans.ts', 'checks.ts'])
    expect(files).toContain(file);
});

it.each(BLOCKS)('shows a part of %s as it is', (file, text) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toContain(text.trimEnd());
});
