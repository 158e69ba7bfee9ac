import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  it('shows the test of the clouds that is run here, to the letter', () => {
    expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('readme-fixture.test.ts')}\`\`\``);
  });
});
