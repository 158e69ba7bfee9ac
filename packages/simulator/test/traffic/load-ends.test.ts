import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulateOptions } from '../../src/index.js';
import { openShop } from './aws/http-api/shop.js';

/** An API on a port, and a load job without an end. */
async function loaded(options: SimulateOptions = {}, perSecond = 10) {
  const world = await openShop('ANY /{proxy+}', {}, options);
  const server = await world.sim.listen();
  onTestFinished(() => server.close());
  const ask = async (method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${server.url}/_postern/${path}`, init);
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
  };
  const { id } = await ask('POST', 'load', { gateway: world.host, paths: ['/a'], perSecond, seconds: 0 });
  return { ...world, server, ask, path: `load/${String(id)}` };
}

describe('a load job without an end', () => {
  it('goes on as long as time does, and ends on DELETE', async () => {
    const { ask, path } = await loaded();
    await ask('POST', 'advance', { ms: 60_000 });
    expect(await ask('GET', path)).toMatchObject({ calls: 601, lost: 0, done: false });
    expect(await ask('DELETE', path)).toMatchObject({ calls: 601, done: true });
    await ask('POST', 'advance', { ms: 60_000 });
    expect(await ask('GET', path)).toMatchObject({ calls: 601, done: true });
    expect(await ask('GET', 'traffic')).toMatchObject({ calls: 601 });
  });

  it('ends when the simulation is reset', async () => {
    const { ask, path, sim } = await loaded();
    await ask('POST', 'reset');
    expect(await ask('GET', path)).toMatchObject({ status: 404 });
    expect(await ask('DELETE', path)).toMatchObject({ status: 404 });
    await sim.advance(60_000);
    expect(sim.traffic.counters()).toMatchObject({ calls: 0 });
  });

  it('ends with the server that it was started over', async () => {
    const { sim, server, host } = await loaded({ clock: { speed: 60 } });
    const own = sim.traffic.load({ gateway: host, paths: ['/own'], perSecond: 1, seconds: 0 });
    await expect.poll(() => sim.traffic.counters().calls).toBeGreaterThan(20);
    await server.close();
    expect(own.end().done).toBe(true);
    const { calls } = sim.traffic.counters();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sim.traffic.counters().calls).toBe(calls);
  });

  it('ends by itself, and says so, where it is faster than the machine', async () => {
    const { ask, path, host } = await loaded({ clock: { speed: 1_000 } }, 0.01);
    // No route matches, so that a call costs little.
    const fast = await ask('POST', 'load', { gateway: host, paths: ['/'], perSecond: 10_000, seconds: 0 });
    const status = () => ask('GET', `load/${String(fast['id'])}`);
    await expect.poll(status, { timeout: 30_000 }).toMatchObject({
      done: true,
      stopped: expect.stringContaining('more than 20000 calls'),
    });
    expect(await ask('DELETE', path)).toMatchObject({ status: 200 });
  });
});
