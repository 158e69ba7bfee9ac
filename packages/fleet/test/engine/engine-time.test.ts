import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { engineUrl } from '../../src/engine/running-engine.js';
import { engineTime, ingressAt } from '../../src/engine/ingress.js';

const date = (ms: number): string => new Date(ms).toUTCString();

it.each([0, 400, -400, 90_000, -90_000])(
  'the difference to the engine is found from dates of whole seconds: %i ms',
  (ahead) => {
    const time = engineTime();
    for (let sentMs = 1_000_050; sentMs < 1_030_000; sentMs += 37)
      time.note(sentMs, sentMs + 20, date(sentMs + 10 + ahead));
    expect(Math.abs(time.aheadMs() - ahead)).toBeLessThanOrEqual(Math.abs(ahead) < 20 ? 0 : 60);
    expect(time.errorMs()).toBeLessThanOrEqual(Math.abs(ahead) < 20 ? 0 : 60);
  },
);

it('a clock that was set is followed, and an answer without a date changes nothing', () => {
  const time = engineTime();
  time.note(0, 10, date(60_000));
  time.note(100_000, 100_010, date(100_000));
  time.note(100_020, 100_030, null);
  expect(time.aheadMs()).toBe(0);
});

it.runIf(PROVE)('the ingress follows the dates of the engine, and shows no password', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.headers.authorization);
    answer.setHeader('date', date(Date.now() + 90_000));
    answer.end('null');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ingress = ingressAt(`http://ada:s3cret@${address}/`);
  await ingress.call('fleet', 'r', 'status');
  expect(ingress.aheadMs()).toBeGreaterThan(85_000);
  expect(asked).toEqual([`Basic ${Buffer.from('ada:s3cret').toString('base64')}`]);
  server.close();
  const error = await ingressAt('http://ada:s3cret@127.0.0.1:1')
    .send('fleet', 'r', 'status')
    .catch((one: unknown) => one);
  expect(error).toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    message: 'the engine at http://127.0.0.1:1 does not answer',
  });
  expect(String((error as Error).cause)).not.toContain('s3cret');
  expect(() => engineUrl('ada:s3cret@host')).toThrow('the address of the engine is not a URL');
});

it('an engine without workers takes calls and answers none: one that users wait for is given up in time', async () => {
  let asked = 0;
  const server = createServer(() => (asked += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const beganMs = performance.now();
  await expect(ingressAt(`http://127.0.0.1:${port}`, 3_000).call('fleet', 'r', 'status')).rejects.toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
  });
  expect(performance.now() - beganMs).toBeLessThan(10_000);
  expect(asked).toBe(1);
  server.closeAllConnections();
  server.close();
});
