import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { run } from '../../packages/cli/test/run-command.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (...names: readonly string[]): string => path.join(root, ...names);

/** The rows of the table: its folder, the command, the account, the seconds that it takes, and what runs it. */
const rows = [
  ...readFileSync(inRoot('examples/README.md'), 'utf8').matchAll(
    /^\| \[([\w-]+)\]\(\1\) \| .+ \| `(.+)` \| (.+) \| (\d+|minutes) \| \[.+\]\((.+)\) \|$/gm,
  ),
].map(([, folder = '', command = '', account = '', seconds = '', by = '']) => ({
  folder,
  command,
  account,
  seconds,
  by,
}));

const isScript = (command: string): boolean => command.startsWith('npm ');
const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { readonly scripts: object };

describe('the table of examples', () => {
  it('has each folder once', () => {
    const folders = readdirSync(inRoot('examples'), { withFileTypes: true })
      .filter((one) => one.isDirectory() && !['node_modules', 'test'].includes(one.name))
      .map((one) => one.name);
    expect(rows.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted());
  });

  it.each(rows.filter(({ account, command }) => account.startsWith('yours') && command.startsWith('node ')))(
    'can be led to the simulator: $command',
    ({ folder, command }) => {
      const text = readFileSync(inRoot(command.split(' ')[1] ?? ''), 'utf8');
      if (folder !== 'readme-program') expect(text).toContain('POSTERN_SIMULATOR');
    },
  );

  it('says how long each takes that needs no account', () => {
    expect(rows.filter(({ account, seconds }) => account === 'none' && seconds === 'minutes')).toEqual([]);
  });

  it.each(rows.map((row) => [row.folder, row] as const))('names files and tests that exist: %s', (folder, row) => {
    const by = inRoot('examples', row.by);
    expect(existsSync(by)).toBe(true);
    const isNamed = [folder, row.command.split(' ').at(-1) ?? ''].some((one) => readFileSync(by, 'utf8').includes(one));
    expect(isNamed || row.by === 'test/readme.verify.test.ts').toBe(true);
    if (isScript(row.command)) expect(Object.keys(scripts)).toContain(row.command.replace(/^npm (?:run )?/, ''));
    else
      for (const word of row.command.match(/examples\/\S+/g) ?? []) expect(existsSync(inRoot(word)), word).toBe(true);
  });

  it.each(rows.filter(({ command, account }) => account === 'none' && command.startsWith('postern ')))(
    'its commands answer without an account: $command',
    async ({ command }) => {
      const { status, out } = await run(command.split(' ').slice(1), { cwd: root });
      expect([0, 3]).toContain(status);
      expect(out).not.toBe('');
    },
  );

  it.each(rows.filter(({ by }) => by === 'test/readme.verify.test.ts'))('runs to its end: $command', async (row) => {
    const [, ...args] = row.command.split(' ');
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    expect(stdout).toContain('Done: ');
  });
});
