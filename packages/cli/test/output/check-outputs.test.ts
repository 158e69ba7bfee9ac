import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { snapshotScene } from '../report/snapshot-scene.js';
import { cloud, folder, run } from '../run-command.js';

const REPLACED = /^error INVALID_INPUT: .*the command reads .*, and would replace it/m;
const TWICE = /^error INVALID_INPUT: .*writes the same file/m;

it.each<[string[], RegExp]>([
  [['postern.yaml', '--report', 'json=postern.yaml'], REPLACED],
  [['--report', 'json=postern.yaml'], REPLACED],
  [['-f', './postern.yaml', '-o', 'postern.yaml'], REPLACED],
  [['-o', 'snapshot.json'], REPLACED],
  [['-o', 'link.json'], REPLACED],
  [['--write-baseline', 'hard.json'], REPLACED],
  [['--report', 'json=a', '--report', 'text=./a'], TWICE],
  [['-o', 'a', '--report', 'json=a'], TWICE],
  [['-o', 'a', '--report', 'json=to-a'], TWICE],
  [['--report', 'json=a', '--write-baseline', '../here/a'], TWICE],
])('check %j is refused, and nothing is written', async (options, message) => {
  const { cwd, file } = await snapshotScene();
  const before = [file('postern.yaml'), file('snapshot.json')];
  symlinkSync('snapshot.json', path.join(cwd, 'link.json'));
  symlinkSync('a', path.join(cwd, 'to-a'));
  linkSync(path.join(cwd, 'snapshot.json'), path.join(cwd, 'hard.json'));
  const argv = ['check', '--snapshot', 'snapshot.json', ...options].map((one) =>
    one.replace('../here', `../${path.basename(cwd)}`),
  );
  const { status, out, err } = await run(argv, { cwd });
  expect({ status, out }).toEqual({ status: 64, out: '' });
  expect(err).toMatch(message);
  expect([readFileSync(path.join(cwd, 'postern.yaml'), 'utf8'), file('snapshot.json')]).toEqual(before);
});

it.each<[string[], string]>([
  [['watch', '--once', '--report', 'html=postern.watch.json'], 'the command reads postern.watch.json'],
  [['watch', '--once', '--metrics', 'postern.watch.snapshot.json'], 'the command reads postern.watch.snapshot.json'],
  [['watch', '--once', '--notify', 'github=postern.watch.json'], 'the command reads postern.watch.json'],
  [['watch', 'postern.yaml', '--notify', 'github=postern.yaml'], 'the command reads postern.yaml'],
  [['watch', '--history', 'h.json', '--report', 'json=h.snapshot.json'], 'the command reads h.snapshot.json'],
  [['watch', '--once', '--notify', 'github=a.md', '--report', 'html=a.md'], '--notify writes the same file'],
  [['snapshot', '--region', 'eu-west-1', '-o', 'postern.yaml'], 'it is a spec, and would be replaced'],
  [['check', '--snapshot', 's.json', '-o', './postern.yaml'], 'the command reads postern.yaml'],
  [['plan', '-o', '.postern/shop.journal'], 'a journal of Postern has that name'],
  [['plan', '-o', '.postern/moves/gateways.journal.1'], 'a journal of Postern has that name'],
])('%j is refused: what the folder keeps is not replaced', async (argv, message) => {
  const cwd = folder({ 'postern.yaml': 'version: 1\nproject: shop\nspec: shop-7f3k2q\n', 'postern.watch.json': '{}' });
  mkdirSync(path.join(cwd, '.postern', 'moves'), { recursive: true });
  writeFileSync(path.join(cwd, '.postern', 'shop.journal'), 'records');
  const { status, err } = await run(argv, { cwd });
  expect({ status, err }).toMatchObject({ status: 64, err: expect.stringContaining(message) });
  const kept = ['postern.yaml', 'postern.watch.json', '.postern/shop.journal'].map((name) =>
    readFileSync(path.join(cwd, name), 'utf8'),
  );
  expect(kept).toEqual(['version: 1\nproject: shop\nspec: shop-7f3k2q\n', '{}', 'records']);
});

it.each([
  ['postern.yaml', 'it, or a folder above it, is a file'],
  ['postern.yaml/tf', 'it, or a folder above it, is a file'],
])('export terraform -o %s is refused with its reason', async (output, why) => {
  const cwd = folder({
    'postern.yaml': 'version: 1\nproject: shop\nspec: shop-7f3k2q\ndefaults: { region: eu-west-1 }\n',
  });
  const env = { POSTERN_SIMULATOR: (await cloud()).url };
  const { status, err } = await run(['export', 'terraform', '-o', output], { cwd, env });
  expect({ status, err }).toMatchObject({ status: 1, err: expect.stringContaining(`--output ${output}: ${why}`) });
});
