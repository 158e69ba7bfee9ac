import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createCallGateway, simulatedUrl } from '../../../src/do/probe/call-gateway.js';

/** A server on loopback; `seen` holds what it was asked. */
async function server(answer: http.RequestListener) {
  const seen: { readonly line: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  const listening = http.createServer((request, response) => {
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen };
}

/** The address of a port that was open a moment ago. */
async function closedUrl(): Promise<string> {
  const listening = http.createServer();
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  await new Promise((resolve) => listening.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const GET = { method: 'GET', timeoutMs: 10_000 };

it('answers with status, headers in lower case and the start of the body', async () => {
  const { url, seen } = await server((_, response) => response.writeHead(503, { 'X-Who': 'me' }).end('x'.repeat(5000)));
  const answer = await createCallGateway()({ ...GET, url: `${url}/orders/7?a=b`, headers: { 'x-tenant': 'eu' } });
  expect(answer).toMatchObject({ status: 503, headers: { 'x-who': 'me' }, body: 'x'.repeat(1024) });
  expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
  expect(seen).toMatchObject([{ line: 'GET /orders/7?a=b', headers: { 'x-tenant': 'eu' } }]);
});

it('follows no redirect', async () => {
  const { url, seen } = await server((_, response) => response.writeHead(308, { location: '/elsewhere' }).end());
  expect((await createCallGateway()({ ...GET, url: `${url}/here` })).status).toBe(308);
  expect(seen).toHaveLength(1);
});

it('sends every other method without a body', async () => {
  const { url, seen } = await server((_, response) => response.end());
  for (const method of ['POST', 'PATCH', 'HEAD']) await createCallGateway()({ ...GET, method, url: `${url}/` });
  expect(seen.map(({ line }) => line)).toEqual(['POST /', 'PATCH /', 'HEAD /']);
});

it('keeps the status of an answer whose body breaks', async () => {
  const { url } = await server((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  });
  expect(await createCallGateway()({ ...GET, url })).toMatchObject({ status: 200 });
});

it('ends a call without an answer after its time', async () => {
  const clock = simulatedClock();
  let asked = () => {};
  const came = new Promise<void>((resolve) => (asked = resolve));
  const { url } = await server(() => asked());
  const call = createCallGateway({ clock })({ ...GET, url, timeoutMs: 500 });
  const failed = expect(call).rejects.toMatchObject({
    code: 'WAIT_TIMEOUT',
    message: expect.stringContaining('500 ms'),
  });
  await came;
  await clock.advance(500);
  await failed;
});

it('is aborted by its signal', async () => {
  const ending = new AbortController();
  const { url } = await server(() => ending.abort(new Error('stop')));
  await expect(createCallGateway()({ ...GET, url }, ending.signal)).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(createCallGateway()({ ...GET, url }, ending.signal)).rejects.toMatchObject({ code: 'ABORTED' });
});

it.each([
  ['a closed port', closedUrl, 'refused the connection'],
  ['a name that does not exist', async () => 'http://gateway.invalid', 'the name of the endpoint'],
])('names the failure of %s', async (_, urlOf, message) => {
  await expect(createCallGateway()({ ...GET, url: await urlOf() })).rejects.toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    message: expect.stringContaining(message),
  });
});

it('repeats no header in an error', async () => {
  const headers = { authorization: 'sec\nret' };
  const error = await createCallGateway()({ ...GET, url: await closedUrl(), headers }).catch((one: unknown) => one);
  expect(error).toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
  expect((error as Error).cause).toBeUndefined();
  expect(JSON.stringify(error) + String(error)).not.toMatch(/sec\s*ret/);
});

it('calls a simulated cloud in place of the gateway', async () => {
  const { url, seen } = await server((_, response) => response.end());
  const host = 'a1b2c3.execute-api.eu-west-1.amazonaws.com';
  await createCallGateway({ simulator: url })({ ...GET, url: `https://${host}/v1/orders?a=b` });
  expect(seen.map(({ line }) => line)).toEqual([`GET /_postern/gateways/${host}/v1/orders?a=b`]);
  expect(simulatedUrl(url, `https://${host}/`)).toBe(`${url}/_postern/gateways/${host}/`);
});
