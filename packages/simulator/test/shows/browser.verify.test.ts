import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHY_NO_BROWSER } from '../../../cli/test/graph/find-browser.js';
import { chat } from '../traffic/aws/web-socket/scene.js';
import { openShop } from '../traffic/aws/http-api/shop.js';

const NAME = 'api.example.com';

/** A server of one empty page: an origin. */
async function servePage(): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>shop</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Chromium calls simulated gateways from a page of another origin. */
describe.skipIf(WHY_NO_BROWSER !== undefined)(
  `a browser${WHY_NO_BROWSER === undefined ? '' : ` (skipped: ${WHY_NO_BROWSER})`}`,
  () => {
    const closing: (() => unknown)[] = [];
    afterAll(async () => {
      for (const close of closing.toReversed()) await close();
    });

    let shop: Awaited<ReturnType<typeof openShop>>;
    let talk: Awaited<ReturnType<typeof chat>>;
    let served: string;
    let browser: Browser;
    const pages = {} as Record<'allowed' | 'refused', Page>;
    let chatServed: string;

    beforeAll(async () => {
      const [allowed, refused] = await Promise.all([servePage(), servePage()]);
      shop = await openShop(
        'ANY /{proxy+}',
        {},
        {},
        {
          CorsConfiguration: {
            AllowOrigins: [allowed.origin],
            AllowMethods: ['GET', 'PUT'],
            AllowHeaders: ['x-team', 'content-type'],
            ExposeHeaders: ['apigw-requestid'],
            MaxAge: 60,
          },
        },
      );
      talk = await chat();
      const [http, socket] = await Promise.all([shop.sim.listen(), talk.sim.listen()]);
      served = http.url;
      chatServed = socket.url.replace('http:', 'ws:');
      const { openBrowser } = await import('../../../cli/test/graph/browser.js');
      browser = await openBrowser([`--host-resolver-rules=MAP ${NAME} 127.0.0.1:${http.port}`]);
      closing.push(
        () => allowed.server.close(),
        () => refused.server.close(),
        () => http.close(),
        () => socket.close(),
        () => browser.close(),
      );
      for (const [name, { origin }] of Object.entries({ allowed, refused }) as ['allowed', typeof allowed][]) {
        pages[name] = await browser.newPage();
        await pages[name].goto(origin);
      }
    });

    /** What a page gets of a fetch: the status, the request ID's presence and the path that the backend got, or its error. */
    const fetched = (page: Page, url: string, init: object = {}): Promise<string> =>
      page.evaluate<string>(`fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(
        async (answer) => [answer.status, answer.headers.has('apigw-requestid'), (await answer.json()).path].join(' '),
        (error) => String(error))`);
    const named = (path: string): string => `${served}/_postern/gateways/${shop.host}${path}`;
    const PUT = { method: 'PUT', headers: { 'x-team': 'shop', 'content-type': 'application/json' }, body: '{}' };
    const NO = 'TypeError: Failed to fetch';
    /** Calls that a backend got; the gateway answers preflight requests itself. */
    const reached = (): number => {
      const rows = shop.sim.traffic.counters().by.filter(({ target }) => target !== '');
      return rows.reduce((sum, { calls }) => sum + calls, 0);
    };

    it('reads answers of an HTTP API from an origin that it allows, also after a preflight request', async () => {
      expect(await fetched(pages.allowed, named('/orders/7'))).toBe('200 true /orders/7');
      expect(await fetched(pages.allowed, named('/orders/7'), PUT)).toBe('200 true /orders/7');
    });

    it('does not read them from another origin, and sends no call whose preflight request is refused', async () => {
      const before = reached();
      expect(await fetched(pages.refused, named('/orders/7'))).toBe(NO);
      expect(reached()).toBe(before + 1); // a simple call reaches the backend; its answer is withheld from the page
      expect(await fetched(pages.refused, named('/orders/7'), PUT)).toBe(NO);
      const { method: _, ...init } = PUT;
      expect(await fetched(pages.allowed, named('/orders/7'), { ...init, method: 'DELETE' })).toBe(NO);
      const unknown = { ...PUT, headers: { 'x-other': 'shop' } };
      expect(await fetched(pages.allowed, named('/orders/7'), unknown)).toBe(NO);
      expect(reached()).toBe(before + 1);
    });

    it('calls an API by its custom domain name', async () => {
      const { sim, call, gateway, ApiId } = shop;
      const request = { DomainName: NAME, ValidationMethod: 'DNS' };
      const { CertificateArn } = call('acm', 'RequestCertificate', request);
      await sim.advance(600_000);
      gateway('CreateDomainName', { DomainName: NAME, DomainNameConfigurations: [{ CertificateArn }] });
      gateway('CreateApiMapping', { DomainName: NAME, ApiId, Stage: '$default', ApiMappingKey: 'shop' });
      expect(await fetched(pages.allowed, `http://${NAME}/shop/orders/7`, PUT)).toBe('200 true /shop/orders/7');
      expect(await fetched(pages.refused, `http://${NAME}/shop/orders/7`, PUT)).toBe(NO);
    });

    it('opens a WebSocket, sends a message and gets the answer', async () => {
      const url = `${chatServed}/_postern/gateways/${talk.host}/prod`;
      const answer = await pages.allowed.evaluate<string>(`new Promise((resolve) => {
        const socket = new WebSocket(${JSON.stringify(url)});
        socket.onopen = () => socket.send(JSON.stringify({ action: 'join', order: { id: 7 } }));
        socket.onmessage = ({ data }) => { resolve(data); socket.close(); };
        socket.onerror = () => resolve('error');
      })`);
      expect(JSON.parse(answer)).toMatchObject({ method: 'POST', path: '/join', query: 'order=7' });
      const none = `${chatServed}/_postern/gateways/${talk.host}/other`;
      const closed = await pages.allowed.evaluate<string>(`new Promise((resolve) => {
        const socket = new WebSocket(${JSON.stringify(none)});
        socket.onopen = () => resolve('opened');
        socket.onclose = ({ code }) => resolve(String(code));
      })`);
      expect(closed).toBe('1006');
    });

    it('is refused by the clouds’ own APIs and by control paths', async () => {
      expect(await fetched(pages.allowed, `${served}/_postern/world`)).toBe(NO);
      expect(await fetched(pages.allowed, `${served}/v2/apis`, PUT)).toBe(NO);
    });
  },
);
