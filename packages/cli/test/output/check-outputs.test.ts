import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { snapshotScene } from '../report/snapshot-scene.js';
import { run } from '../run-command.js';

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
