import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const MIGRATE = ['migrate', 'validate', '--region', 'eu-west-1', '--api', 'a', '--from', 'b', '--to', 'c'];
const SNAPSHOT = ['snapshot', '--region', 'eu-west-1'];

describe('an input that is refused without a call', () => {
  it.each<[string, string[], string, RegExp]>([
    [
      'check -o',
      ['check', '-o', 'nowhere/report'],
      'FILE_UNWRITABLE',
      /--output nowhere\/report: folder .* does not exist/,
    ],
    ['check -o, a folder', ['check', '-o', 'there'], 'FILE_UNWRITABLE', /--output there: it is a folder/],
    [
      'check -o, below a file',
      ['check', '-o', 'postern.yaml/x'],
      'FILE_UNWRITABLE',
      /a part of its path is not a folder/,
    ],
    ['plan -o', ['plan', '-o', 'nowhere/plan.json'], 'FILE_UNWRITABLE', /folder .* does not exist/],
    ['snapshot -o', [...SNAPSHOT, '-o', 'nowhere/s.json'], 'FILE_UNWRITABLE', /folder .* does not exist/],
    [
      'import -o',
      ['import', '--region', 'eu-west-1', '-o', 'nowhere/a.yaml'],
      'FILE_UNWRITABLE',
      /folder .* does not exist/,
    ],
    ['migrate --html', [...MIGRATE, '--html', 'nowhere/m.html'], 'FILE_UNWRITABLE', /--html nowhere\/m\.html: /],
    ['check --now', ['check', '--now', '2026-02-30'], 'INVALID_INPUT', /--now: "2026-02-30" is not a valid date/],
    ['migrate --now', [...MIGRATE, '--now', 'soon'], 'INVALID_INPUT', /--now: "soon" is not a valid date/],
  ])('%s', async (_, argv, code, message) => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    mkdirSync(path.join(cwd, 'there'));
    const from = server.simulation.journal().length;
    const { status, out, err } = await run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect({ status, out }).toEqual({ status: code === 'INVALID_INPUT' ? 64 : 1, out: '' });
    expect(err).toMatch(new RegExp(`^error ${code}: `, 'm'));
    expect(err).toMatch(message);
    expect(server.simulation.journal().slice(from)).toEqual([]);
    expect(readdirSync(cwd).toSorted()).toEqual(['postern.yaml', 'there']);
  });

  it('does not include an existing file, a new file, or standard output', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)), 'plan.json': 'old' });
    const env = { POSTERN_SIMULATOR: server.url };
    for (const argv of [
      ['plan', '-o', 'plan.json'],
      ['plan', '-o', path.join(cwd, 'new.json')],
      ['plan', '-o', '/dev/null'],
      [...SNAPSHOT, '-o', '-'],
    ]) {
      expect(await run(argv, { cwd, env })).toMatchObject({ status: 0 });
    }
  });
});
