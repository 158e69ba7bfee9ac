import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

it('the README shows a program that the tests run', () => {
  const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8');
  expect(read('../README.md')).toContain(read('readme-example.test.ts').trim());
});
