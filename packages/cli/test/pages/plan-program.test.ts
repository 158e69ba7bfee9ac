import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { judgePlan } from './plan-program.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it('the program of docs/terraform.md is the one that is run here', () => {
  expect(read('docs/terraform.md')).toContain(`\`\`\`ts\n${read('packages/cli/test/pages/plan-program.ts')}\`\`\``);
});

it.each([
  ['removes-a-rule', 'fail'],
  ['fixed', 'pass'],
])('it judges %s: %s', async (name, after) => {
  const { integrations } = await judgePlan(
    read(`examples/terraform/${name}.json`),
    read('examples/terraform/base.json'),
  );
  expect(integrations.map((one) => one.after)).toEqual([after]);
});
