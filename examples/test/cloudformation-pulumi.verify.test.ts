import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../packages/cli/test/run-command.js';

const cwd = fileURLToPath(new URL('..', import.meta.url));

it.each([
  ['cloudformation', 'removes-a-rule', 3],
  ['cloudformation', 'fixed', 0],
  ['pulumi', 'removes-a-rule', 3],
  ['pulumi', 'fixed', 0],
])('the comment on a pull request: %s, %s', async (tool, name, status) => {
  const plan =
    tool === 'pulumi'
      ? ['--pulumi', `pulumi/${name}.json`]
      : ['--change-set', `cloudformation/${name}.json`, '--template', `cloudformation/${name}.yaml`];
  const ran = await run(['check', ...plan, '--snapshot', 'terraform/base.json', '--md'], { cwd });
  expect(ran.status).toBe(status);
  await expect(ran.out).toMatchFileSnapshot(`../${tool}/${name}.md`);
});
