import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { openShop } from '../traffic/aws/http-api/shop.js';
import { get, statusOf } from './raw-http.js';

const SCRIPT = fileURLToPath(new URL('./hold-connections.mjs', import.meta.url));
/** Connections: so many take half a minute where the machine is busy. */
const MANY = runs(1_100, 10_000);
/** What the simulator holds of them: connections without a request, and requests in flight. */
const IDLE = 1_000;
const IN_FLIGHT = 5_000;
/** Memory that the connections may take, in bytes. */
const MOST_MEMORY = 300_000_000;

interface Held {
  readonly opened: number;
  readonly closed: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** A process that opens connections, sends the same bytes on each, and holds them. */
async function holding(port: number, count: number, bytes: string): Promise<() => Promise<Held>> {
  const child: ChildProcess = fork(SCRIPT, [`${port}`, `${count}`, bytes]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return async () => {
    child.send('ask');
    const [held] = (await once(child, 'message')) as [Held];
    return held;
  };
}

/** An API of the simulator whose backend never answers, as long as nobody moves the clock. */
async function served() {
  const world = await openShop();
  world.sim.backends.add({ address: world.server, port: 8080, behavior: { delayMs: 29_000 } });
  const server = await world.sim.listen();
  onTestFinished(() => server.close());
  return { ...world, port: server.port, close: server.close, url: server.url };
}

/** The status of a control path, on a connection of its own. */
async function healthOf(port: number): Promise<number> {
  return statusOf(await get(port, '/_postern/health', { host: 'localhost' }));
}

/** How long something takes, in milliseconds. */
async function took(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return performance.now() - before;
}

describe(`${MANY} connections`, () => {
  it.each([
    ['that send nothing', ''],
    ['that stop in their headers', 'GET /_postern/health HTTP/1.1\r\nHost: localh'],
  ])('%s: those that are idle for longest are closed, and others are served', async (_what, bytes) => {
    const { port, close } = await served();
    const before = process.memoryUsage().rss;
    const ask = await holding(port, MANY, bytes);
    expect(await took(async () => expect(await healthOf(port)).toBe(200))).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY);
    // The connection of the health check is one of those that are held, for a moment.
    const kept = async () => MANY - (await ask()).closed;
    await expect.poll(kept, { timeout: 30_000 }).toBeLessThanOrEqual(IDLE);
    expect(await kept()).toBeGreaterThanOrEqual(IDLE - 2);
    expect((await ask()).opened).toBe(MANY);
    expect(await took(close)).toBeLessThan(5_000);
    await expect.poll(kept, { timeout: 30_000 }).toBe(0);
  });

  it('with calls in flight: none is closed, further ones are answered 503, and control paths work', async () => {
    const { sim, host, port, url, close } = await served();
    const before = process.memoryUsage().rss;
    const ask = await holding(port, MANY, `GET /orders HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await expect.poll(() => healthOf(port), { timeout: 5_000 }).toBe(200);
    const refused = Math.max(0, MANY - IN_FLIGHT);
    await expect
      .poll(ask, { timeout: 30_000 })
      .toEqual({ opened: MANY, closed: refused, statuses: refused === 0 ? {} : { 503: refused } });
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY);
    // The calls wait for the clock, which a control path moves.
    const answer = await fetch(`${url}/_postern/advance`, { method: 'POST', body: '{"ms":29000}' });
    expect(answer.status).toBe(200);
    const held = MANY - refused;
    await expect.poll(async () => (await ask()).statuses['200'], { timeout: 30_000 }).toBe(held);
    expect(sim.traffic.counters()).toMatchObject({ calls: held, delivered: held, lost: 0 });
    expect(await took(close)).toBeLessThan(5_000);
  });

  it.runIf(PROVE)('in flight at its end: the simulator closes them at once', async () => {
    const { host, port, close } = await served();
    const ask = await holding(port, MANY, `GET /orders HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(await took(close)).toBeLessThan(5_000);
    await expect.poll(async () => (await ask()).closed, { timeout: 30_000 }).toBe(MANY);
  });
});
