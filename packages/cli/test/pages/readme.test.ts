import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from '../run-command.js';
import { blocksOf } from './page.js';
import { shellIn } from './shell.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const README = read('README.md');
const SHOP = path.join(ROOT, 'docs/tutorial/shop.json');
const block = (language: string, part: string): string =>
  blocksOf(README).find((one) => one.language === language && one.text.includes(part))?.text ?? '';

/** What the README calls the line that fixes the spec in docs/pictures. */
const [, from = '', to = ''] = /^-(.*)\n\+(.*)\n$/.exec(block('diff', 'allowlist')) ?? [];

describe('the README', () => {
  it('has at most 130 lines', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(130);
  });

  const DARK = '@media (prefers-color-scheme: dark)';
  it.each([
    ['blocked-light.svg', '@media not all'],
    ['blocked-dark.svg', '@media all'],
  ])('docs/pictures/%s is what postern graph draws; to update it, run: vitest -u', async (name, media) => {
    const spec = path.join(ROOT, 'docs/pictures/blocked.yaml');
    const { out } = await run(['graph', spec, '--snapshot', SHOP]);
    expect(out).toContain(DARK);
    expect(README).toContain(`"docs/pictures/${name}"`);
    await expect(out.replace(DARK, media)).toMatchFileSnapshot(path.join(ROOT, 'docs/pictures', name));
  });

  it('shows what check prints of that path, and the line that fixes it', async () => {
    const blocked = read('docs/pictures/blocked.yaml');
    const fixed = block('yaml', 'postern.yaml');
    expect(fixed.replace(/ +#.*$|^#.*\n/gm, '')).toBe(blocked.replace(from, to).replace(/ +#.*$/gm, ''));
    const cwd = folder({ 'blocked.yaml': blocked, 'fixed.yaml': fixed });
    const before = await run(['check', 'blocked.yaml', '--snapshot', SHOP], { cwd });
    expect(before.status).toBe(3);
    expect(before.out).toContain(block('text', 'path/security-group'));
    expect((await run(['check', 'fixed.yaml', '--snapshot', SHOP], { cwd })).status).toBe(0);
  });

  it('has ten commands that work with its spec on the simulated clouds', async () => {
    const lines = block('sh', 'postern init').trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    const cwd = folder({ 'shop.json': readFileSync(SHOP, 'utf8') });
    const shell = shellIn(cwd);
    try {
      await shell.run('postern simulate --snapshot shop.json --speed 6000');
      await shell.run('export POSTERN_SIMULATOR=http://127.0.0.1:4010');
      for (const line of lines) {
        const [command = ''] = line.split(/ +#/);
        await shell.run(/ (?:apply|destroy)$/.test(command) ? `${command} --yes` : command);
        if (command === 'postern init') shell.write('postern.yaml', block('yaml', 'postern.yaml'));
      }
    } finally {
      await shell.close();
    }
  });
});
