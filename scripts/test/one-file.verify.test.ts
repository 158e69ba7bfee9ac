import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../packages/core/test/temporary-folder.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SPEC =
  "import { defineSpec } from '@postern/core/spec'; export default defineSpec({ version: 1, project: 'a' as string, links: {} });";

describe('the command as one file', () => {
  const folder = sharedTemporaryFolder();
  let server: Server;
  const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
    promisify(execFile)(program, args, { cwd: folder(), env: { ...process.env, ...env } });
  const install = (home: string, below = '') => {
    const POSTERN_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`;
    return run('sh', [path.join(folder(), 'install.sh')], { POSTERN_URL, POSTERN_HOME: path.join(folder(), home) });
  };

  beforeAll(async () => {
    await run(process.execPath, [path.join(ROOT, 'scripts/one-file.mjs'), folder()]);
    server = createServer(({ url = '' }, answer) => {
      const file = path.join(folder(), url);
      if (existsSync(file)) answer.end(readFileSync(file));
      else answer.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  }, 600_000);
  afterAll(() => void server?.close());

  it('is installed from a server, and needs no package beside it, for specs in TypeScript and for pictures', async () => {
    const { stdout } = await install('home');
    expect(stdout).toMatch(/^postern \d+\.\d+\.\d+ is installed: .*\nAdd it to the PATH: /);
    const postern = path.join(folder(), 'home/bin/postern');
    writeFileSync(path.join(folder(), 'shop.config.ts'), SPEC);
    expect((await run(postern, ['validate', 'shop.config.ts'])).stdout).toMatch(/^shop.config.ts: valid/);
    const snapshot = path.join(ROOT, 'docs/tutorial/existing-aws.json');
    expect((await run(postern, ['graph', '--snapshot', snapshot])).stdout).toMatch(/<svg/);
    expect(readFileSync(path.join(folder(), 'postern.mjs.licenses.txt'), 'utf8')).toMatch(/^jiti@.*\(MIT\)$/m);
  });

  it.each([
    ['where the file cannot be read', 'other', '/nothing-here', /postern\.mjs cannot be read/],
    ['where the file is another one', 'tampered', '', /the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}: nothing is/],
  ])('%s, nothing is installed', async (_, home, below, message) => {
    if (below === '') appendFileSync(path.join(folder(), 'postern.mjs'), '\n// more\n');
    await expect(install(home, below)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
    expect(existsSync(path.join(folder(), home, 'bin/postern'))).toBe(false);
  });
});
