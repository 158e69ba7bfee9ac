import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { simulate } from '../../src/index.js';
import { Journal, JOURNAL_CAPACITY } from '../../src/simulation/world/journal.js';

/** Each request has a kilobyte. */
const CALLS = runs(100_000, 1_000_000);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** The bytes that this process holds. */
const held = (): number => {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

describe('the journal', () => {
  it('keeps the last calls, with the numbers that they have had since the start', () => {
    const journal = new Journal();
    const count = JOURNAL_CAPACITY + 25;
    for (let call = 1; call <= count; call += 1) journal.record('ec2', `Call${call}`, 200, 0);
    const calls = journal.list();
    expect(calls).toHaveLength(JOURNAL_CAPACITY);
    expect([calls[0], calls.at(-1)]).toMatchObject([
      { sequence: 26, operation: 'Call26' },
      { sequence: count, operation: `Call${count}` },
    ]);
    journal.reset();
    expect(journal.page()).toEqual({ calls: [], total: 0 });
  });

  it('is read in pages, which begin with the oldest call that is kept', () => {
    const journal = new Journal();
    const count = JOURNAL_CAPACITY + 25;
    for (let call = 1; call <= count; call += 1) journal.record('ec2', 'DescribeVpcs', 200, 0);
    const seen: number[] = [];
    let pages = 0;
    for (let after: number | undefined = 0; after !== undefined && pages < 10; pages += 1) {
      const page = journal.page(after, 30_000);
      expect(page.total).toBe(count);
      for (const { sequence } of page.calls) seen.push(sequence);
      after = page.next;
    }
    expect(pages).toBe(4);
    expect(seen).toEqual(Array.from({ length: JOURNAL_CAPACITY }, (_, index) => index + 26));
  });

  it('holds no more after any number of calls than 16 MiB, whatever their requests were', () => {
    const before = held();
    const journal = new Journal();
    for (let call = 0; call < CALLS; call += 1) {
      const request = `GET /v2/apis/${call}/routes${'?'.repeat(1_000)}`;
      journal.record('apigatewayv2', request.slice(0, 24), 200, call);
    }
    expect((held() - before) / 2 ** 20).toBeLessThan(16);
    expect(journal.page().total).toBe(CALLS);
  });

  it('of a simulation holds less than 150 MiB for a million calls of a client, and no more after that', async () => {
    const { clients, journal } = simulate({ clock: 'auto', throttle: false });
    const { ec2 } = clients('eu-west-1');
    const call = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at += 1) await ec2.describeVpcs({});
    };
    // What is loaded and compiled on first use is no part of a call.
    await call(2_000);
    const before = held();
    const calls = runs(20_000, 1_000_000);
    await call(calls);
    expect((held() - before) / calls).toBeLessThan((150 * 2 ** 20) / 1_000_000);
    expect(journal()).toHaveLength(Math.min(calls + 2_000, JOURNAL_CAPACITY));
  });

  it('is read in pages over HTTP', async () => {
    const sim = simulate();
    const server = await sim.listen();
    onTestFinished(server.close);
    const { ec2 } = sim.clients('eu-west-1');
    for (let call = 0; call < 5; call += 1) await ec2.describeVpcs({});
    const get = async (query: string) => (await (await fetch(`${server.url}/_postern/journal${query}`)).json()) as any;
    expect((await get('')).calls).toHaveLength(5);
    expect(await get('?after=1&limit=2')).toMatchObject({
      calls: [{ sequence: 2 }, { sequence: 3 }],
      total: 5,
      next: 3,
    });
    expect(await get('?after=3&limit=2')).not.toHaveProperty('next');
    expect(await get('?after=99')).toEqual({ calls: [], total: 5 });
    for (const query of ['?limit=0', '?after=-1', '?after=x', '?from=1']) {
      expect(await get(query)).toMatchObject({ code: 'BadControlCall' });
    }
  });
});

it.each([1e308, 9e15, 252_000_000_000_000])('time: does not advance past the year 9999: %d', async (ms) => {
  const sim = simulate();
  const server = await sim.listen();
  onTestFinished(server.close);
  const post = (path: string) =>
    fetch(`${server.url}/_postern/${path}`, { method: 'POST', body: JSON.stringify({ ms }) });
  const before = sim.clock.now();
  for (const path of ['advance', 'sleep']) {
    const answer = await post(path);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toContain('Simulated time ends with the year 9999');
  }
  expect(sim.clock.now()).toBe(before);
  expect((await fetch(`${server.url}/_postern/journal`)).status).toBe(200);
  await expect(sim.advance(ms)).rejects.toThrow(RangeError);
});
