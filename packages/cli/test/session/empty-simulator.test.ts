import { expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

it('POSTERN_SIMULATOR without a value: is refused, and no cloud is called', async () => {
  const env = { POSTERN_SIMULATOR: '' };
  const { status, err } = await run(['links', '--region', 'eu-west-1'], { cwd: folder(), env });
  expect([status, err]).toEqual([64, expect.stringContaining('POSTERN_SIMULATOR is empty')]);
  expect(err).toContain('unset it');
});
