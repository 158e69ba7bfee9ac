import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { publish, shop as groupShop } from '../traffic/alibaba/shop.js';
import { openShop } from '../traffic/aws/http-api/shop.js';
import { chat } from '../traffic/aws/web-socket/scene.js';
import { simulate } from '../../src/index.js';
import { get, statusOf } from './raw-http.js';

const ORIGIN = 'https://shop.example.com';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listening(sim: { readonly listen: () => Promise<{ port: number; close: () => Promise<void> }> }) {
  const server = await sim.listen();
  closing.push(server.close);
  return server.port;
}

/** An HTTP API with CORS, served. */
async function pages() {
  const cors = { AllowOrigins: [ORIGIN], AllowMethods: ['GET'], AllowHeaders: ['x-user'] };
  const world = await openShop('GET /orders', {}, {}, { CorsConfiguration: cors });
  return { ...world, port: await listening(world.sim) };
}

/** A header of an answer that was read as text. */
const headerOf = (answer: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(answer)?.[1];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
describe('a web page that calls a gateway over HTTP', () => {
  it.each(['by host', 'by path'])('gets the headers of CORS, %s', async (way) => {
    const { host, port } = await pages();
    const path = way === 'by host' ? '/orders' : `/_postern/gateways/${host}/orders`;
    const own = { host: way === 'by host' ? host : 'localhost', origin: ORIGIN, 'sec-fetch-site': 'cross-site' };
    const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-user' };
    const preflight = await get(port, path, { ...own, ...asked }, 'OPTIONS');
    expect([statusOf(preflight), headerOf(preflight, 'access-control-allow-origin')]).toEqual([204, ORIGIN]);
    expect(headerOf(preflight, 'access-control-allow-methods')).toBe('GET');
    const simple = await get(port, path, own);
    expect([statusOf(simple), headerOf(simple, 'access-control-allow-origin')]).toEqual([200, ORIGIN]);
    const elsewhere = await get(port, path, { ...own, origin: 'https://evil.example' });
    expect([statusOf(elsewhere), headerOf(elsewhere, 'access-control-allow-origin')]).toEqual([200, undefined]);
  });

  it('reaches a group of APIs of Alibaba Cloud, too', async () => {
    const world = await groupShop();
    const { host, groupId, cloud, sim } = world;
    publish(cloud, groupId, { path: '/page', access: 'server' });
    const answer = await get(await listening(sim), '/page', { host, origin: ORIGIN, 'sec-fetch-site': 'cross-site' });
    expect(statusOf(answer)).toBe(200);
  });

  // https://www.rfc-editor.org/rfc/rfc6455#section-4.1
  it.each(['by host', 'by path'])('opens a WebSocket with its origin, %s', async (way) => {
    const { sim, host } = await chat();
    const port = await listening(sim);
    const path = way === 'by host' ? '/prod' : `/_postern/gateways/${host}/prod`;
    const headers = { host: way === 'by host' ? host : 'localhost' };
    const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, origin: ORIGIN });
    await once(client, 'open');
    client.terminate();
  });
});

describe('a web page that calls anything else', () => {
  const signed = 'AWS4-HMAC-SHA256 Credential=A/20260601/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=00';
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['a control path', '/_postern/health', {}],
    ['the list of gateways below a control path, without a gateway', '/_postern/gateways', {}],
    ['an API of AWS', '/', { authorization: signed }],
    ['an API of AWS by its host', '/', { authorization: signed, host: 'ec2.eu-west-1.amazonaws.com' }],
    ['an API of Alibaba Cloud', '/?Action=DescribeRegions&Version=2014-05-26', {}],
    [
      'an API of Alibaba Cloud by its host',
      '/?Action=DescribeRegions&Version=2014-05-26',
      { host: 'ecs.cn-hangzhou.aliyuncs.com' },
    ],
  ])('is refused: %s', async (_what, path, more) => {
    const port = await listening(simulate());
    const own = { host: `localhost:${port}`, ...more };
    const sites = ['cross-site', 'same-origin'].map((site) => ({ 'sec-fetch-site': site }));
    for (const page of [{ origin: ORIGIN }, { origin: 'null' }, ...sites]) {
      const answer = await get(port, path, { ...own, ...page });
      expect(statusOf(answer)).toBe(403);
      expect(answer.toLowerCase()).not.toContain('access-control-');
    }
  });
});

describe("a request by the name of a service's endpoint", () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['apigateway.cn-hangzhou.aliyuncs.com', 'DescribeRegions&Version=2016-07-14', {}],
    ['ecs-cn-hangzhou.aliyuncs.com', 'DescribeRegions&Version=2014-05-26', {}],
    ['vpc.aliyuncs.com', 'DescribeVpcs&Version=2016-04-28&RegionId=cn-hangzhou', {}],
    [
      'ec2.eu-west-1.amazonaws.com',
      'DescribeVpcs&Version=2016-11-15',
      {
        authorization:
          'AWS4-HMAC-SHA256 Credential=A/20260601/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=00',
      },
    ],
  ])('%s is served', async (host, action, headers) => {
    const port = await listening(simulate());
    const answer = await get(port, `/?Action=${action}`, { host, ...headers });
    expect(answer).not.toContain('ForeignHost');
    expect(answer).not.toContain('MissingAuthenticationToken');
  });

  it.each([
    'ec2.eu-west-1.amazonaws.com.evil.com',
    'evil.ec2.eu-west-1.amazonaws.com',
    'oss.aliyuncs.com',
    'a-ecs.aliyuncs.com',
  ])('is refused by another name: %s', async (host) => {
    const port = await listening(simulate());
    expect(await get(port, '/_postern/health', { host })).toContain('ForeignHost');
  });
});
