import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

const UGLY = '# who\nversion:  1\nproject: shop   # why\nlinks:\n    main: {provider: aws}\n';
const FORMATTED = '# who\nversion: 1\nproject: shop   # why\nlinks:\n  main: { provider: aws }\n';

it('fmt: checks what comes through a pipe, and does not replace the pipe', async () => {
  const cwd = folder();
  const pipe = path.join(cwd, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const refused = await run(['fmt', 'pipe'], { cwd });
  expect(refused).toMatchObject({
    status: 64,
    err: expect.stringContaining('a pipe or a device cannot be replaced'),
  });
  const check = (text: string) => Promise.all([run(['fmt', '--check', 'pipe'], { cwd }), writeFile(pipe, text)]);
  expect((await check(FORMATTED))[0]).toEqual({ status: 0, out: '', err: '' });
  expect((await check(UGLY))[0]).toEqual({ status: 2, out: 'pipe\n', err: '' });
});
