import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_NODE, retiredNode, unsupportedNode } from '../src/process/node-version.js';
import { bundleCommand, type PosternCommand } from './kills/postern-command.js';
import { folder, run } from './run-command.js';

describe('the version of Node.js', () => {
  it('is the one that package.json asks for', () => {
    const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')) as {
      readonly engines: { readonly node: string };
    };
    expect(manifest.engines.node).toBe(`>=${OLDEST_NODE.join('.')}.0`);
  });

  it.each([
    ['18.20.8', false],
    ['20.18.9', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['21.0.0', true],
    ['22.0.0', true],
    ['24.1.0', true],
  ])('%s runs Postern: %s', (version, runs) => {
    expect(unsupportedNode(version) === undefined).toBe(runs);
  });

  it('without security fixes is named by `postern --help`, on stderr, and not by `--version`', async () => {
    expect(retiredNode('20.20.2')).toContain('Node.js 20.20.2 is past its end of life');
    expect(retiredNode('22.0.0')).toBeUndefined();
    const { out, err } = await run(['--version']);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(err).toBe('');
    const retired = retiredNode(process.versions.node);
    expect((await run(['--help'])).err).toBe(retired === undefined ? '' : `note: ${retired}\n`);
  });
});

describe('the command on an older Node.js', () => {
  let command: PosternCommand;
  beforeAll(async () => {
    command = await bundleCommand();
  }, 120_000);
  afterEach(() => command.end());

  it('says which version it needs, whatever it was asked for', async () => {
    const cwd = folder({
      'older.cjs': `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } });`,
    });
    for (const argv of [['check'], ['--help']])
      expect(await command.start(argv, { cwd, env: { NODE_OPTIONS: '--require ./older.cjs' } }).ended).toMatchObject({
        status: 1,
        out: '',
        err: 'error UNSUPPORTED: Postern needs Node.js 20.19 or newer; this is 18.20.8\n  Install a newer version: https://nodejs.org/en/download\n',
      });
  });
});
