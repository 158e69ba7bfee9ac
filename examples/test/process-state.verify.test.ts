import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

it('no library changes signals, other listeners, the environment or globals of the process that imports and uses it', async () => {
  const sources = path('../../scripts/sources/register.mjs');
  const program = path('process-state-program.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', sources, program]);
  expect(stdout).toMatch(/^\d\d entries\n$/);
});
