import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, run } from '../run-command.js';
import { blocksOf } from './page.js';
import { shop } from './worlds.js';

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
    const server = await cloud();
    await shop(server);
    const [cwd, env] = [folder(), { POSTERN_SIMULATOR: server.url }];
    for (const line of lines) {
      const [, words = ''] = /^postern (.*?)(?: +#.*)?$/.exec(line) ?? [];
      const yes = words === 'apply' || words === 'destroy' ? ['--yes'] : [];
      const { status, err } = await run([...words.split(' '), ...yes], { cwd, env, stopsAtFindings: true });
      expect({ line, status, err: status === 0 ? '' : err }).toEqual({ line, status: 0, err: '' });
      if (words === 'init') writeFileSync(path.join(cwd, 'postern.yaml'), block('yaml', 'postern.yaml'));
    }
  });
});
