import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../run-command.js';
import { rehearsedShop } from './world.js';

const TWIN = ['--snapshot', 'now.json'];
const APPLY = ['rehearse', 'apply', ...TWIN];

/** A rehearsal as JSON. */
const jsonOf = (out: string): any => JSON.parse(out);

/** Calls of anything but this process fail. */
function offline() {
  return vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('a rehearsal is offline'));
}
afterEach(() => vi.restoreAllMocks());

describe('postern rehearse apply', () => {
  it('replaces a link on the twin without a lost call and without any call of a cloud', async () => {
    const { cwd, write, open } = await rehearsedShop();
    write(1, open);
    const before = readFileSync(path.join(cwd, 'now.json'), 'utf8');
    const fetched = offline();
    const { status, out } = await run(APPLY, { cwd, env: { AWS_ACCESS_KEY_ID: 'none' } });
    expect(out).toMatch(/^Rehearsal of apply of shop on a twin of now\.json \(aws eu-west-1, account 111122223333\)/);
    expect(out).toContain('± replace link eu');
    expect(out).toMatch(/Done: 3 changes, 0 unchanged\./);
    expect(out).toMatch(/Duration +4 min \d+ s of simulated time, \d+ calls of the clouds/);
    expect(out).toMatch(/Calls +(\d+) to 1 route, 5 per second each: \1 delivered, 0 lost/);
    expect(out).toMatch(/On the real cloud this may differ\n {2}- Each backend answers/);
    expect(status).toBe(0);
    // A worker of another file of this process may still tell its engine on this machine that it has stopped.
    const outside = fetched.mock.calls.filter(([url]) => !String(url).startsWith('http://127.0.0.1:'));
    expect(outside).toEqual([]);
    expect(readFileSync(path.join(cwd, 'now.json'), 'utf8')).toBe(before);
  });

  it('ends with 3 where the run fails, and loses no call: the link that no backend admits is tested first', async () => {
    const { cwd, write, closed } = await rehearsedShop();
    write(1, closed);
    const stopped = await run(APPLY, { cwd });
    expect(stopped).toMatchObject({ status: 3, out: expect.stringContaining('FINDINGS_FAILED') });
    expect(stopped.out).toMatch(/ 0 lost/);
    const { status, out } = await run([...APPLY, '--ignore-findings', '*', '--json'], { cwd });
    expect(status).toBe(3);
    expect(jsonOf(out)).toMatchObject({
      version: 1,
      ok: false,
      run: { ok: false, failures: [{ code: 'PROBE_FAILED' }] },
      load: { lost: 0 },
    });
  });

  it('ends with 3 where a call is lost, and names the first one', async () => {
    const { cwd, write, closed } = await rehearsedShop();
    write(1, closed);
    const { status, out } = await run([...APPLY, '--ignore-findings', '*', '--no-probe', '--json'], { cwd });
    const { run: ran, load } = jsonOf(out);
    expect(ran).toMatchObject({ ok: true });
    expect(load.lost).toBeGreaterThan(100);
    expect(load.calls - load.delivered).toBe(load.lost);
    expect(load.firstLost).toMatchObject({
      route: 'GET /orders of shop ($default)',
      outcome: 'unreachable',
      path: '/orders',
      at: expect.stringMatching(/^2026-06-01T00:[34]\d/),
    });
    expect(status).toBe(3);
  });

  it('gets over faults of the clouds, the same ones for the same seed', async () => {
    const { cwd, write, open } = await rehearsedShop();
    write(1, open);
    const rehearsed = async (seed: string) => {
      const { status, out } = await run([...APPLY, '--faults', '10', '--seed', seed, '--json'], { cwd });
      return { status, ...jsonOf(out) };
    };
    const seventh = await rehearsed('7');
    expect(seventh).toMatchObject({ status: 0, faults: 10, seed: 7, load: { lost: 0 } });
    expect(await rehearsed('7')).toEqual(seventh);
    expect((await rehearsed('8')).durationMs).not.toBe(seventh.durationMs);
  });

  it('does not hold a route against the run that did not work before', async () => {
    const shop = await rehearsedShop({ broken: true });
    shop.write(0, shop.open);
    const { status, out } = await run(APPLY, { cwd: shop.cwd });
    expect(out).toMatch(/Calls +none: no route of the snapshot answered before the run/);
    expect(out).toMatch(
      /Not called\n {2}- GET \/orders of shop \(\$default\) at \S+: it does not work before the run: unreachable/,
    );
    expect(status).toBe(0);
  });

  it.each([
    [['rehearse', 'apply'], /required option '--snapshot <file>' not specified/],
    [['rehearse', 'apply', '--snapshot', 'none.json'], /FILE_UNREADABLE/],
    [['rehearse', 'apply', '--snapshot', 'postern.yaml'], /INVALID_INPUT/],
    [['rehearse', 'apply', 'none.yaml', ...TWIN], /FILE_UNREADABLE/],
    [[...APPLY, '--faults', '80'], /a whole number from 1 to 50/],
    [[...APPLY, '--rate', '0'], /a number above 0/],
    [['rehearse', 'migrate', ...TWIN], /--to is missing/],
    [['rehearse', 'migrate', ...TWIN, '--api', 'a', '--from', 'b', '--to', 'c', '--canary', 'x'], /--canary/],
    [['rehearse', 'plan', 'postern.yaml', ...TWIN], /this is not a saved plan/],
    [['rehearse', 'plan', ...TWIN], /missing required argument/],
  ] as const)('%j is wrong usage', async (argv, message) => {
    const { cwd, write, open } = await rehearsedShop();
    write(0, open);
    expect(await run(argv, { cwd })).toMatchObject({ status: 64, out: '', err: expect.stringMatching(message) });
  });

  it('refuses a spec of a region that the snapshot does not have', async () => {
    const { cwd, specText, open } = await rehearsedShop();
    writeFileSync(path.join(cwd, 'other.yaml'), specText(0, open).replaceAll('eu-west-1', 'eu-west-2'));
    const { status, err } = await run(['rehearse', 'apply', 'other.yaml', ...TWIN], { cwd });
    expect(err).toContain('now.json does not contain aws eu-west-2');
    expect(status).toBe(64);
  });
});

it('postern rehearse plan: carries out a saved plan, and refuses one of another state', async () => {
  const { cwd, write, open, simulation } = await rehearsedShop();
  write(1, open);
  const server = await simulation.listen();
  try {
    const saved = await run(['plan', '-o', 'plan.json'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(saved.status).toBe(0);
  } finally {
    await server.close();
  }
  offline();
  const same = await run(['rehearse', 'plan', 'plan.json', ...TWIN], { cwd });
  expect(same.out).toMatch(/Done: 3 changes, 0 unchanged\./);
  expect(same).toMatchObject({ status: 0, out: expect.stringContaining(' 0 lost') });
  write(0, open);
  const other = await run(['rehearse', 'plan', 'plan.json', ...TWIN], { cwd });
  expect(other).toMatchObject({ status: 3, out: expect.stringContaining('WORLD_MOVED') });
});
