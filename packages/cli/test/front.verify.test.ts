import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { folder, run } from './run-command.js';

it('help that the build stores is what the command prints', async () => {
  const { out } = await run(['__help']);
  const stored = Object.entries(JSON.parse(out) as Record<string, string>);
  expect(stored.length).toBeGreaterThan(60);
  for (const [name, text] of stored) {
    const [, ...words] = name.split('-');
    expect((await run([...words, '--help'])).out).toBe(text);
    expect((await run([...words, '--help'], { columns: 200 })).out).toBe(text);
  }
});

it('the front prints stored help and the version, and starts the command for all else', async () => {
  const cwd = folder();
  const bin = path.join(cwd, 'bin.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, '../src/bin.ts')],
    outfile: bin,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['./command.js'],
  });
  writeFileSync(path.join(cwd, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(cwd, 'command.js'), "console.log('command', ...process.argv.slice(2));");
  mkdirSync(path.join(cwd, 'help'));
  writeFileSync(path.join(cwd, 'help/postern-cidr-merge.txt'), 'stored\n');
  const printed = (...argv: string[]): string =>
    spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' }).stdout;
  expect(printed('cidr', 'merge', '-h')).toBe('stored\n');
  expect(printed('--version')).toBe('0.1.0\n');
  expect(printed('cidr', 'merge', '--json')).toBe('command cidr merge --json\n');
  expect(printed('cidr', '--help')).toBe('command cidr --help\n');
  expect(printed()).toBe('command\n');
});
