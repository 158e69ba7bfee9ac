import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { simulatorAt } from '../../../src/ground/clocks/simulator.js';

const close: (() => void)[] = [];
afterEach(() => close.splice(0).forEach((end) => end()));

/** A server with the paths of a simulator's clock that cuts the first answers to a wait. */
async function cutting(times: number) {
  let [now, waits] = [0, 0];
  const server = createServer((request, response) => {
    const isWait = request.url === '/_postern/sleep';
    if (isWait && (waits += 1) <= times) return void request.socket.destroy();
    if (isWait) now += 15_000;
    response.end(JSON.stringify({ now, speed: 1, auto: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, waits: () => waits };
}

describe('a wait on the time of a simulator', () => {
  it('is begun again where its connection is cut', async () => {
    const { url, waits } = await cutting(2);
    const { clock } = await simulatorAt(url);
    await clock.sleep(15_000);
    expect(waits()).toBeGreaterThan(2);
    expect(clock.now()).toBeGreaterThanOrEqual(15_000);
  });

  it('ends with a code and a remedy where each connection is cut', async () => {
    const { url } = await cutting(Infinity);
    const { clock } = await simulatorAt(url);
    await expect(clock.sleep(15_000)).rejects.toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: expect.stringContaining('broke a wait off 3 times'),
      remedy: expect.stringContaining('postern simulate'),
    });
  });
});
