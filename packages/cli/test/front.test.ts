import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { bundleCommand, type PosternCommand } from './kills/postern-command.js';
import { folder, run } from './run-command.js';

let command: PosternCommand | undefined;
afterEach(() => command?.end());

/** The help of each command, as the build stores it. */
async function texts(): Promise<Readonly<Record<string, string>>> {
  const { out } = await run(['__help']);
  return JSON.parse(out) as Record<string, string>;
}

it('help that the build stores is what the command prints', async () => {
  const stored = Object.entries(await texts());
  expect(stored.length).toBeGreaterThan(60);
  for (const [name, text] of stored) {
    const [, ...words] = name.split('-');
    expect((await run([...words, '--help'])).out).toBe(text);
    expect((await run([...words, '--help'], { columns: 200 })).out).toBe(text);
  }
});

it('the front prints stored help and the version, and starts the command for all else', async () => {
  command = await bundleCommand();
  const help = path.join(path.dirname(command.bin), 'help');
  mkdirSync(help, { recursive: true });
  // No command has this name: without the stored text it would be refused.
  writeFileSync(path.join(help, 'postern-stored.txt'), 'stored\n');
  const ended = (...argv: string[]) => command?.start(argv, { cwd: folder() }).ended;
  expect(await ended('stored', '-h')).toMatchObject({ status: 0, out: 'stored\n', err: '' });
  expect(await ended('--version')).toMatchObject({ status: 0, out: '0.1.0\n' });
  expect(await ended('validate', '--help')).toMatchObject({ status: 0, out: (await texts())['postern-validate'] });
  expect(await ended('stored')).toMatchObject({ status: 64, err: expect.stringContaining("unknown command 'stored'") });
});
