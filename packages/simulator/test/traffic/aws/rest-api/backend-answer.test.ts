import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openShop, restShop, seen } from './rest-shop.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serve(headers: Record<string, string | string[]>, status = 200, body = 'ok'): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

describe('truth 21: what the caller of HTTP_PROXY gets', () => {
  it('is the backend’s status and body, with headers renamed and dropped', async () => {
    const shop = await openShop();
    const headers = {
      'Content-Type': 'text/plain',
      Server: 'nginx',
      Via: '1.1 proxy',
      'Content-Encoding': 'identity',
      'WWW-Authenticate': 'Basic',
      'X-Own': 'yes',
      'Set-Cookie': ['a=1', 'b=2'],
      Date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      'x-amzn-RequestId': 'backend',
    };
    shop.sim.backends.add({ address: shop.server, port: 8080, url: await serve(headers, 418, 'teapot') });
    const answer = await shop.get('/prod/pets');
    expect([answer.status, answer.body, answer.outcome]).toEqual([418, 'teapot', 'delivered']);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-amzn-remapped-server': 'nginx',
      'x-amzn-remapped-www-authenticate': 'Basic',
      'x-amzn-remapped-date': 'Thu, 01 Jan 1970 00:00:00 GMT',
      'x-amzn-remapped-x-amzn-requestid': 'backend',
      'x-amzn-remapped-connection': 'keep-alive',
      'x-own': 'yes',
      'set-cookie': ['a=1', 'b=2'],
      date: 'Mon, 01 Jun 2026 00:20:00 GMT',
    });
    for (const name of [
      'server',
      'via',
      'content-encoding',
      'www-authenticate',
      'transfer-encoding',
      'x-amzn-errortype',
    ]) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });

  it('is the page of an application load balancer without a healthy target', async () => {
    const shop = await openShop();
    for (const { TargetGroupArn } of shop.elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups) {
      shop.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: shop.server }] });
    }
    await shop.sim.advance(600_000);
    const answer = await shop.get('/prod/pets');
    expect([answer.status, answer.outcome]).toEqual([503, 'no-healthy-target']);
    expect(answer.headers).toMatchObject({ 'x-amzn-remapped-server': 'awselb/2.0', 'content-type': 'text/html' });
    expect(answer.body).toMatch(/^<html>/);
    expect(answer.headers).not.toHaveProperty('x-amzn-errortype');
  });
});

describe('what the caller of HTTP gets', () => {
  const declared = { 'method.response.header.X-Kind': false };
  async function http(status: number, responses: Record<string, object>) {
    const shop = await restShop();
    const at = shop.method('GET /pets', { type: 'HTTP' });
    for (const [code, more] of Object.entries(responses)) shop.response(at, code, more, declared);
    shop.deploy();
    const url = await serve({ 'X-Kind': 'cat', 'Content-Type': 'text/plain' }, status, '{"a":{"b":7}}');
    shop.sim.backends.add({ address: shop.server, port: 8080, url });
    return shop.get('/prod/pets');
  }

  it('is the integration response whose pattern the status matches', async () => {
    const map = (source: string) => ({ 'method.response.header.X-Kind': source });
    const responses = {
      200: {},
      404: { selectionPattern: '4\\d{2}', responseParameters: map('integration.response.header.X-Kind') },
    };
    const found = await http(403, responses);
    expect([found.status, found.body, found.headers['x-kind']]).toEqual([404, '{"a":{"b":7}}', 'cat']);
    expect(found.headers).toMatchObject({ 'content-type': 'application/json', 'x-amzn-trace-id': expect.any(String) });
    const other = await http(500, responses);
    expect([other.status, other.headers['x-kind']]).toEqual([200, undefined]);
    const body = {
      200: { responseParameters: map('integration.response.body.a.b'), responseTemplates: { 'text/xml': '<a/>' } },
    };
    const templated = await http(200, body);
    expect([templated.body, templated.headers['content-type'], templated.headers['x-kind']]).toEqual([
      '<a/>',
      'text/xml',
      '7',
    ]);
  });

  it('is 500 where no response matches', async () => {
    const answer = await http(200, { 500: { selectionPattern: '5..' } });
    expect(seen(answer)).toEqual([500, '{"message": "Internal server error"}', 'InternalServerErrorException']);
    expect(answer).toMatchObject({
      outcome: 'no-integration',
      because: expect.stringMatching(/^Execution failed due to configuration error: No match for output mapping/),
    });
  });

  it('is 501 where a template is more than text, which is not simulated', async () => {
    const answer = await http(200, { 200: { responseTemplates: { 'application/json': "$input.json('$')" } } });
    expect([answer.status, answer.because]).toEqual([
      501,
      'A mapping template that is not plain text is not simulated.',
    ]);
  });
});

describe('MOCK and others', () => {
  it('MOCK answers its response', async () => {
    const shop = await restShop();
    const at = shop.method('GET /pets', {
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 201}' },
    });
    shop.response(at, '201', { responseTemplates: { 'application/json': '[]' } });
    shop.deploy();
    const answer = await shop.get('/prod/pets');
    expect([answer.status, answer.body, answer.outcome]).toEqual([201, '[]', 'delivered']);
  });

  it('a body without a template does not pass where it must not: 415', async () => {
    const shop = await restShop();
    const at = shop.method('POST /pets', {
      type: 'HTTP',
      passthroughBehavior: 'WHEN_NO_TEMPLATES',
      requestTemplates: { 'application/json': '{}' },
    });
    shop.response(at, '200');
    shop.deploy();
    const answer = await shop.get('/prod/pets', {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body: '<a/>',
    });
    expect(seen(answer)).toEqual([415, '{"message": "Unsupported Media Type"}', 'BadRequestException']);
    expect((await shop.get('/prod/pets', { method: 'POST' })).status).toBe(200);
  });

  it('a call over the internet is not simulated', async () => {
    const shop = await restShop();
    const at = shop.method('GET /pets', { type: 'MOCK' });
    shop.rest('PutIntegration', {
      ...at,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://example.com/',
    });
    shop.deploy();
    expect(await shop.get('/prod/pets')).toMatchObject({
      status: 501,
      outcome: 'no-integration',
      because: expect.stringMatching(/over the internet/),
    });
  });
});
