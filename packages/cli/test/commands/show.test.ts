import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

describe('show', () => {
  it('prints a saved plan as plan did, and counts what a snapshot holds, without a call', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url };
    const planned = await run(['plan', '-o', 'p.json'], { cwd, env, columns: 100 });
    await run(['snapshot', '--spec', 'postern.yaml', '-o', 's.json'], { cwd, env });
    const offline = { cwd, env: { POSTERN_SIMULATOR: 'http://127.0.0.1:9' }, columns: 100 };
    expect(await run(['show', 'p.json'], offline)).toEqual({ status: 0, out: planned.out, err: '' });
    const ids = await run(['show', 'p.json', '--query', 'goal'], offline);
    expect(ids.out).toBe('"apply"\n');
    const { out } = await run(['show', 's.json'], offline);
    expect(out).toMatch(/^Snapshot taken \d{4}-\S+\naws eu-west-1 of account 111122223333: 1 gateway, 1 target/);
    const counted = await run(['show', 's.json', '--query', 'regions[].read.gateways'], offline);
    expect(JSON.parse(counted.out)).toEqual([1]);
  });

  it.each([
    [
      'a spec',
      'version: 1\nproject: shop\n',
      /^error INVALID_INPUT: f: this is neither a saved plan nor a snapshot\n  Name/,
    ],
    ['JSON of another kind', '{"a": 1}', /neither a saved plan nor a snapshot/],
    ['a list', '[]', /neither a saved plan nor a snapshot/],
    ['nothing', '', /neither a saved plan nor a snapshot/],
    ['a baseline', '{"findings":[{"fingerprint":"x"}]}', /this is a baseline, .*\n  Name it with --baseline/],
    ['a broken plan', '{"goal":"apply","units":1}', /^error INVALID_INPUT: plan: .*\n  f\n  Name/],
    ['a plan that is cut off', '{"goal":"apply","units":[', /neither a saved plan nor a snapshot/],
  ])('refuses %s', async (_what, text, message) => {
    const ran = await run(['show', 'f'], { cwd: folder({ f: text }) });
    expect(ran).toMatchObject({ status: 64, out: '', err: expect.stringMatching(message) });
  });
});
