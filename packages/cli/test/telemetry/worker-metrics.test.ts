import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { run } from '../run-command.js';

it('postern fleet worker serves metrics on this machine', async () => {
  // What a worker asks of its engine before it starts: the time.
  const engine = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => engine.once('listening', resolve));
  const env = { POSTERN_FLEET: `http://127.0.0.1:${(engine.address() as AddressInfo).port}` };
  const stopped = new AbortController();
  let heard: (url: string) => void = () => undefined;
  const serving = new Promise<string>((resolve) => (heard = resolve));
  const onOut = (out: string): void => {
    const [, url] = /Metrics at (http:\/\/127\.0\.0\.1:\d+\/metrics)[^]*Worker at/.exec(out) ?? [];
    if (url !== undefined) heard(url);
  };
  const running = run(['fleet', 'worker', '--port', '0', '--metrics-port', '0'], {
    signal: stopped.signal,
    onOut,
    env,
  });
  const answer = await fetch(await serving);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(''); // no call of a cloud yet
  stopped.abort(Object.assign(new Error('stopped'), { name: 'Interrupted', exitCode: 143 }));
  expect((await running).status).toBe(143);
  engine.close();
  engine.closeAllConnections();
});
