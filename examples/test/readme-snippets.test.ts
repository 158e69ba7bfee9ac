import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  it('shows exactly the test of the clouds that runs here', () => {
    expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('readme-fixture.test.ts')}\`\`\``);
  });
});
