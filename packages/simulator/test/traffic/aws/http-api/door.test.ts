import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sendRaw, statusOf } from '../../../simulation/raw-http.js';
import { openShop } from './shop.js';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function served(key = 'ANY /{proxy+}', more: object = {}) {
  const world = await openShop(key, more);
  const server = await world.sim.listen();
  closing.push(server.close);
  const send = (head: string): Promise<string> =>
    sendRaw(server.port, `${head}\r\nHost: ${world.host}\r\nConnection: close\r\n\r\n`);
  return { ...world, door: server, send };
}

const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as Record<string, any>;

describe('a call of an HTTP API over HTTP', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html, "Header value"
  it('maps several headers of one name to one value without blanks between, and leaves one value as it is', async () => {
    const RequestParameters = { 'overwrite:header.x-all': '$request.header.x-a' };
    const { send } = await served('ANY /{proxy+}', { RequestParameters });
    const several = await send('GET /a HTTP/1.1\r\nX-A: 1\r\nx-a: 2');
    expect(bodyOf(several)['headers']).toMatchObject({ 'x-all': '1,2', 'x-a': '1,2' });
    const one = await send('GET /a HTTP/1.1\r\nX-A: 1, 2');
    expect(bodyOf(one)['headers']).toMatchObject({ 'x-all': '1, 2' });
  });

  // https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
  it('answers HEAD with the length that the backend says', async () => {
    const world = await served();
    const backend = createServer((_, response) => response.writeHead(200, { 'content-length': '558' }).end());
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    closing.push(() => backend.close());
    const { port } = backend.address() as AddressInfo;
    world.sim.backends.add({ address: world.server, port: 8080, url: `http://127.0.0.1:${port}` });
    const answer = await world.send('HEAD /a HTTP/1.1');
    expect(statusOf(answer)).toBe(200);
    expect(answer.toLowerCase()).toContain('content-length: 558\r\n');
  });

  // The verbs of route keys: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
  it.each([
    ['DELETE', 200],
    ['GET', 200],
    ['HEAD', 200],
    ['OPTIONS', 200],
    ['PATCH', 200],
    ['POST', 200],
    ['PUT', 200],
    ['TRACE', 404],
    ['PROPFIND', 404],
  ])('finds a route ANY for %s: %i', async (method, status) => {
    const { send } = await served();
    expect(statusOf(await send(`${method} /a HTTP/1.1`))).toBe(status);
  });

  it('is forbidden by the front door where no API has the ID [I], and the path of the simulator says what it does not find', async () => {
    const { door, host } = await served();
    const other = host.replace(/^./, '');
    const byHost = await sendRaw(door.port, `GET / HTTP/1.1\r\nHost: ${other}\r\nConnection: close\r\n\r\n`);
    expect([statusOf(byHost), bodyOf(byHost)]).toEqual([403, { message: 'Forbidden' }]);
    expect(byHost).toMatch(/x-amzn-ErrorType: ForbiddenException/i);
    expect(byHost).toContain(`x-postern-because: There is no API at ${other}.`);
    const byPath = await fetch(`${door.url}/_postern/gateways/${other}/`);
    expect([byPath.status, await byPath.json()]).toMatchObject([404, { code: 'UnknownGateway' }]);
  });
});
