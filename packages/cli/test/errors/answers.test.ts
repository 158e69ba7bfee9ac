import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interrupted.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const NOWHERE = { POSTERN_SIMULATOR: 'http://127.0.0.1:9' };

describe('a refused command with --json', () => {
  const files = { 'two.yaml': 'version: 1\nproject: 7\nlinks: { a: { provider: gcp } }\n' };
  it.each([
    [['plan', '--json'], 'FILE_UNREADABLE'],
    [['plan', '--frobnicate', '--json'], 'INVALID_INPUT'],
    [['nonsense', '--json'], 'INVALID_INPUT'],
    [['links', '--region', 'eu-west-1', '--json'], 'ENDPOINT_UNREACHABLE'],
    [['links', '--query', 'a['], 'INVALID_INPUT'],
    [['apply', 'two.yaml', '--yes', '--json'], 'INVALID_SPEC'],
    [['apply', 'two.yaml', '--json'], 'INVALID_SPEC'],
    [['cidr', 'merge', 'missing.txt', '--json'], 'FILE_UNREADABLE'],
  ])('%j has its answer on stdout: %s', async (argv, code) => {
    const { status, out, err } = await run(argv, { cwd: folder(files), env: NOWHERE });
    expect(status).not.toBe(0);
    const answer = JSON.parse(out) as { readonly error: { readonly code: string }; readonly also?: readonly object[] };
    expect(answer.error.code).toBe(code);
    // Lines of errors are on stderr as before.
    const lines = err.split('\n').filter((line) => line.startsWith('{"error"'));
    expect(lines.map((line) => (JSON.parse(line) as { error: object }).error)).toEqual([
      answer.error,
      ...(answer.also ?? []),
    ]);
  });
  it('lists all problems of a spec', async () => {
    const { out } = await run(['plan', 'two.yaml', '--json'], { cwd: folder(files), env: NOWHERE });
    expect(JSON.parse(out)).toMatchObject({ error: { place: { line: 2 } }, also: [{ place: { line: 3 } }] });
  });
  it('has nothing there with --quiet, and without --json', async () => {
    for (const options of [['--json', '--quiet'], ['--json', '-q'], []])
      expect((await run(['plan', ...options], { cwd: folder(), env: NOWHERE })).out).toBe('');
  });
});

describe('a file of Postern in the place of another one', () => {
  it('is recognized, and the message names the option that takes it', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const here = { cwd, env: { POSTERN_SIMULATOR: server.url } };
    for (const name of ['p.json', 'p.yaml', 'p']) await run(['plan', '-o', name], here);
    await run(['snapshot', '--spec', 'postern.yaml', '-o', 's.json'], here);
    await run(['check', '--write-baseline', 'b.json'], here);
    writeFileSync(path.join(cwd, 'move.json'), '{"version": 1, "kind": "move", "units": []}');
    const wrong: readonly (readonly [string, string, string])[] = [
      ...[
        'apply p.json',
        'plan p.json',
        'check p.yaml',
        'plan p',
        'plan -f postern.yaml -f p.json',
        'links main -f p.json',
      ].map((argv) => [argv, 'this is a saved plan, not a spec', '`postern apply --plan p'] as const),
      ['apply s.json', 'this is a snapshot, not a spec', '`postern check --snapshot s.json`'],
      ['plan move.json', 'this is a saved plan of a move, not a spec', '`postern migrate run --plan move.json`'],
      ['check b.json', 'this is a baseline, not a spec', '--baseline'],
      ['apply --yes --plan s.json', 'this is a snapshot, not a saved plan', '--snapshot'],
      ['apply --yes --plan move.json', 'this is a saved plan of a move, not a saved plan', 'postern migrate run'],
      ['migrate run --yes --plan p.json', 'this is a saved plan, not a saved plan of a move', 'postern apply'],
      ['check --snapshot p.json', 'this is a saved plan, not a snapshot', 'postern apply --plan p.json'],
      ['check --snapshot s.json --baseline p.json', 'this is a saved plan, not a baseline', 'postern apply --plan'],
      ['check --snapshot s.json --baseline s.json', 'this is a snapshot, not a baseline', '--snapshot s.json'],
      ['quotas --snapshot b.json', 'this is a baseline, not a snapshot', '--baseline b.json'],
    ];
    for (const [argv, message, option] of wrong) {
      const { status, err } = await run(argv.split(' '), { cwd });
      expect({ argv, status, err }).toEqual({ argv, status: 64, err: expect.stringContaining(message) });
      expect(err).toContain(option);
    }
    for (const argv of ['apply later.json', 'plan later', 'check later.json']) {
      const { status, err } = await run(argv.split(' '), { cwd });
      expect({ argv, status, err }).toEqual({ argv, status: 64, err: expect.stringContaining('named with --plan') });
    }
    expect((await run(['apply', '--plan', 'later.json', '--yes'], { cwd })).err).toMatch(
      /FILE_UNREADABLE: later\.json:/,
    );
  });
});

describe('after Ctrl-C', () => {
  it.each([[[]], [['--json']]])('all outputs tell of an interruption, and none of a failure: %j', async (json) => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url };
    const stop = new AbortController();
    const onOut = (out: string): void => {
      if (out.includes('is PENDING')) stop.abort(new Interrupted('SIGINT'));
    };
    const { status, out, err } = await run(['apply', '--yes', ...json], { cwd, env, signal: stop.signal, onOut });
    expect(status).toBe(130);
    expect(err).toContain('stopped by SIGINT. No change was started after that.');
    if (json.length > 0) expect(out).toMatch(/"type":"run\.done",.*"failed":0,"skipped":1,"interrupted":1/);
    else
      expect(out).toMatch(
        /create link main: interrupted\nInterrupted: 0 changes, 0 unchanged, 1 interrupted, 1 not tried\.\n$/,
      );
    expect((await run(['log'], { cwd, env })).out).toMatch(/0 done, 1 interrupted, 1 not tried .* interrupted\n/);
  });
});
