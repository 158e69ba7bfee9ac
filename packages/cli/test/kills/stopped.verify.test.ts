import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { shiftingShop } from '../../../simulator/test/shifts/scene.js';
import { routesScene } from './moving-scenes.js';
import { bundleCommand, type PosternCommand } from './postern-command.js';

const folder = sharedTemporaryFolder();
let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.end());

/** A listener with two groups. */
async function shiftScene() {
  const shop = await shiftingShop();
  const server = await shop.simulation.listen();
  const move = ['orders', '--to', 'green', '--steps', '5,25,100', '--interval', '5s'];
  return { server, text: shop.specText(0, shop.open), move, state: () => shop.weights() };
}

/** A way to the simulated cloud on which the first call that matches is held until the process that made it has been stopped. */
async function holding(to: string, pattern: RegExp) {
  const cloud = new URL(to);
  let hold: (response: http.ServerResponse) => void = () => undefined;
  const held = new Promise<http.ServerResponse>((resolve) => (hold = resolve));
  const seen: string[] = [];
  let isHeld = false;
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const name = /Action=(\w+)/.exec(body.toString())?.[1] ?? `${request.method} ${request.url}`;
      if (pattern.test(name)) {
        seen.push(name);
        if (!isHeld) {
          isHeld = true;
          hold(response);
          return;
        }
      }
      const { method, url, headers } = request;
      const asked = http.request({ host: cloud.hostname, port: cloud.port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      asked.on('error', () => response.destroy());
      asked.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, held, seen };
}

const migrate = async () => ({ text: undefined, ...(await routesScene()) });
const CASES = [
  ['migrate', 'rollback', '^AuthorizeSecurityGroupIngress$', migrate],
  ['migrate', 'rollback', '^PATCH .*routes', migrate],
  ['shift', 'abort', '^ModifyListener$', shiftScene],
] as const;

describe('a process that is stopped while a write of it is on its way', () => {
  it.each(CASES)(
    '%s: after %s by another process it writes nothing more (%s)',
    async (group, back, pattern, sceneOf) => {
      const { server, text, move, state } = await sceneOf();
      onTestFinished(() => server.close());
      const before = JSON.stringify(state());
      const cwd = mkdtempSync(path.join(folder(), 'stopped-'));
      if (text !== undefined) writeFileSync(path.join(cwd, 'postern.yaml'), text);
      const proxy = await holding(server.url, new RegExp(pattern));
      const start = (to: string, ...argv: string[]) =>
        command.start([group, ...argv], { cwd, env: { POSTERN_SIMULATOR: to, HOME: cwd, NO_COLOR: '1' } });

      const first = start(proxy.url, 'run', ...move, '--drain', '30s', '--yes');
      const held = await Promise.race([proxy.held, first.ended.then(({ err }) => Promise.reject(new Error(err)))]);
      first.child.kill('SIGSTOP');
      // As after 20 s, in which a process that was stopped refreshes nothing.
      const journals = path.join(cwd, '.postern/moves');
      for (const name of readdirSync(journals).filter((one) => one.endsWith('.lock')))
        utimesSync(path.join(journals, name), 1, 1);
      const returned = await start(server.url, back, '--yes').ended;
      expect(returned).toMatchObject({
        status: 0,
        err: expect.stringContaining('may still take effect: waiting until'),
      });
      expect(JSON.stringify(state())).toBe(before);

      held.destroy();
      first.child.kill('SIGCONT');
      const woken = await first.ended;
      expect(woken).toMatchObject({ err: expect.stringMatching(/taken over the lock; it may have made: \w+ \(/) });
      expect(woken.err).toContain('`postern status`');
      await server.simulation.advance(120_000);
      expect({ seen: proxy.seen.length, state: JSON.stringify(state()) }).toEqual({ seen: 1, state: before });
      expect(await start(server.url, 'status').ended).toMatchObject({ out: expect.stringContaining('next: nothing') });
    },
  );
});
