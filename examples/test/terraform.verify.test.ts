import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../packages/cli/test/run-command.js';

const cwd = fileURLToPath(new URL('../terraform', import.meta.url));

it.each([
  ['removes-a-rule', 3],
  ['fixed', 0],
])('the comment on a pull request: %s', async (plan, status) => {
  const args = ['check', '--terraform', `${plan}.json`, '--snapshot', 'base.json', '--md', '--source', 'none'];
  const ran = await run(args, { cwd });
  expect(ran.status).toBe(status);
  await expect(ran.out).toMatchFileSnapshot(`../terraform/${plan}.md`);
});
