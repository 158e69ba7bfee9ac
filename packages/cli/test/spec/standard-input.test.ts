import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const SPEC =
  'version: 1\nproject: shop\nspec: shop-1\nlinks: { main: { provider: aws, region: eu-west-1, id: a1b2c3 } }\nintegrations: {}\n';

it.each([
  ['json', 'note: -o json writes a file with the name json; --json prints JSON\n'],
  ['report.json', undefined],
])('-o %s: %s', async (file, expected) => {
  const server = await cloud();
  const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
  const { err } = await run(['plan', '-o', file], { cwd, env: { POSTERN_SIMULATOR: server.url } });
  if (expected === undefined) expect(err).not.toContain('writes a file');
  else expect(err).toContain(expected);
});

it('docs-and-api: postern mcp ends where its snapshot cannot be read', async () => {
  const { status, err } = await run(['mcp', '--snapshot', 'nosuch.json'], { cwd: folder({ 'postern.yaml': SPEC }) });
  expect([status, err]).toEqual([64, expect.stringContaining('error FILE_UNREADABLE: nosuch.json')]);
});

it('upgrade is no migrate', async () => {
  const { err } = await run(['upgrade'], {});
  expect(err).toContain('Write postern --version, and install another one with npm.');
});

describe('a spec of standard input', () => {
  it('is checked and planned as that of a file', async () => {
    const server = await cloud();
    const text = specOf(await network(server));
    const cwd = folder({ 'postern.yaml': text });
    const env = { POSTERN_SIMULATOR: server.url };
    for (const command of ['check', 'plan']) {
      const ofFile = await run([command, 'postern.yaml'], { cwd, env });
      const ofInput = await run([command, '-'], { cwd, env, stdin: text });
      expect([ofInput.status, ofInput.out]).toEqual([ofFile.status, ofFile.out]);
    }
  });
  it.each([
    ['validate', SPEC, 0, 'standard input: valid (1 link'],
    ['validate', JSON.stringify({ version: 1, project: 'shop', spec: 's', links: {}, integrations: {} }), 0, 'valid'],
    ['validate', SPEC.replace('project', 'projekt'), 64, 'standard input:2:1'],
    ['validate', '', 64, 'standard input is empty\n  Pipe the text to the command'],
    ['fmt', SPEC.replace(': shop', ':   shop'), 0, 'project: shop\n'],
  ])('postern %s - of %j ends with %d', async (command, stdin, expected, text) => {
    const { status, out, err } = await run([command, '-'], { cwd: folder({}), stdin });
    expect([status, out + err]).toEqual([expected, expect.stringContaining(text)]);
  });
});
