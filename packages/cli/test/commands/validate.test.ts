import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';

it('validate: stops waiting for the writer of a pipe when it is asked to end', async () => {
  const cwd = folder();
  execFileSync('mkfifo', [path.join(cwd, 'pipe')]);
  const asked = new AbortController();
  setTimeout(() => asked.abort(new Interrupted('SIGTERM')), 50);
  const ran = await run(['validate', 'pipe'], { cwd, signal: asked.signal });
  expect(ran).toEqual({ status: 143, out: '', err: 'stopped by SIGTERM\n' });
});
