import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { cloud, folder, run } from '../run-command.js';
import { blocksOf } from './page.js';
import { COLUMNS } from './terminal.js';
import { shop } from './worlds.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const README = read('README.md');
const SHOP = path.join(ROOT, 'docs/tutorial/shop.json');
const TERRAFORM = path.join(ROOT, 'examples/terraform');
const block = (language: string, part: string): string =>
  blocksOf(README).find((one) => one.language === language && one.text.includes(part))?.text ?? '';

/** What the README calls the line that fixes its spec. */
const [, from = '', to = ''] = /^- *(.*)\n\+ *(.*)\n$/.exec(block('diff', 'allowlist')) ?? [];
const SPEC = block('yaml', 'version: 1');
const FIXED = SPEC.replace(from, to);

/** The words of each `postern` command of a block, in its order. */
const commandsOf = (part: string): readonly (readonly string[])[] =>
  block('sh', part)
    .trimEnd()
    .split('\n')
    .flatMap((line) => /^postern (.*?)(?: +#.*)?$/.exec(line)?.slice(1) ?? [])
    .map((words) => words.split(' '));

it('has at most 90 lines, and five links at its end', () => {
  const lines = README.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(90);
  expect(lines.slice(-2).join('').match(/\]\(/g)).toHaveLength(5);
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

it('shows the spec of the picture, what check prints of it, and the line that fixes it', async () => {
  expect(SPEC).toBe(read('docs/pictures/blocked.yaml'));
  expect(FIXED).not.toBe(SPEC);
  const cwd = folder({ 'blocked.yaml': SPEC, 'fixed.yaml': FIXED });
  const before = await run(['check', 'blocked.yaml', '--snapshot', SHOP], { cwd, columns: COLUMNS });
  expect(before.status).toBe(3);
  const [, found = ''] = /alt="(No rule .*)\."/.exec(README) ?? [];
  expect(before.out.replaceAll(/\s+/g, ' ')).toContain(found.replace('No rule of', 'no rule of the allowlist of'));
  expect((await run(['check', 'fixed.yaml', '--snapshot', SHOP], { cwd })).status).toBe(0);
});

it('judges a plan that exists', async () => {
  const server = await cloud();
  server.simulation.loadSnapshot(decodeSnapshot(readFileSync(path.join(TERRAFORM, 'base.json'), 'utf8')));
  const plan = { tfplan: strToU8('plan'), 'tfconfig/m-/main.tf': readFileSync(path.join(TERRAFORM, 'main.tf')) };
  const cwd = folder({ terraform: `#!/bin/sh\ncat ${path.join(TERRAFORM, 'removes-a-rule.json')}\n` });
  writeFileSync(path.join(cwd, 'tfplan'), zipSync(plan));
  chmodSync(path.join(cwd, 'terraform'), 0o755);
  const env = { POSTERN_SIMULATOR: server.url, PATH: `${cwd}:${process.env['PATH']}` };
  const [check = [], ...others] = commandsOf('terraform plan');
  expect(others).toEqual([]);
  const judged = await run(check, { cwd, env });
  expect(judged.status, judged.err).toBe(3);
  expect(judged.out).toContain('breaks');
});

it('creates from its spec, and moves the route to another link', async () => {
  const server = await cloud();
  await shop(server);
  const [cwd, env] = [folder(), { POSTERN_SIMULATOR: server.url }];
  // No target is declared behind `next`, which would give its ports.
  const next = FIXED.replace(
    /^ {2}main:\n([\s\S]*?)(?=^integrations)/m,
    (main, body: string) => `${main}  next:\n${body.replaceAll(/10\.20\.\d\.0\/24/g, '{ cidr: $&, ports: [80] }')}`,
  );
  const moves = commandsOf('postern migrate');
  expect(moves.map(([, phase]) => phase)).toEqual(['run', 'finish']);
  const all = [['init'], ['check'], ['apply', '--yes'], ...moves.map((words) => [...words, '--yes'])];
  for (const words of all) {
    const { status, err, out } = await run(words, { cwd, env, stopsAtFindings: true });
    expect({ words, status, text: status === 0 ? '' : out + err }).toEqual({ words, status: 0, text: '' });
    if (words[0] === 'init') writeFileSync(path.join(cwd, 'postern.yaml'), next);
  }
  const uses = await run(['links', '--uses', '--json'], { cwd, env });
  expect(uses.out).toContain('GET /orders');
});
