import { describe, expect, it } from 'vitest';
import type { TrafficCall } from '../../../../src/internal/simulation.js';
import { ACCOUNT, openShop, shop } from './shop.js';

/** What the backend got, by the echo. */
async function got(world: Awaited<ReturnType<typeof shop>>, path: string, more: Partial<TrafficCall> = {}) {
  const answer = await world.get(path, more);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as {
    method: string;
    path: string;
    query: string;
    headers: Record<string, string>;
    source: string;
    destination: string;
    port: number;
  };
}

describe('the backend gets', () => {
  it('the request with the headers of the gateway', async () => {
    const world = await openShop();
    const seen = await got(world, '/orders/1?full=true&full=false', {
      method: 'PUT',
      body: '{}',
      headers: {
        Accept: '*/*',
        Connection: 'keep-alive, X-Own',
        'X-Own': '1',
        TE: 'trailers',
        'X-User': 'ann',
        Host: 'shown.example.com',
      },
    });
    expect(seen).toMatchObject({ method: 'PUT', path: '/orders/1', query: 'full=true&full=false' });
    expect(seen).toMatchObject({ destination: world.server, port: 8080 });
    expect(seen.headers).toEqual({
      accept: '*/*',
      'x-user': 'ann',
      host: world.host,
      forwarded: `for=203.0.113.10;host=${world.host};proto=https`,
      via: 'HTTP/1.1 AmazonAPIGateway',
      'x-amzn-trace-id': expect.stringMatching(/^Self=1-6a1ccdd8-[0-9a-f]{24};Root=1-6a1ccdd8-[0-9a-f]{24}$/),
      'x-forwarded-for': seen.headers['x-forwarded-for'],
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '80',
      'content-length': '2',
    });
  });

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
  describe('what an application load balancer adds', () => {
    const MODE = 'routing.http.xff_header_processing.mode';
    const addressesOf = ({ ec2 }: Awaited<ReturnType<typeof shop>>): readonly string[] =>
      ec2('DescribeNetworkInterfaces').NetworkInterfaces.map((row: any) => row.PrivateIpAddress);

    it.each<[string, string | undefined, RegExp | undefined]>([
      ['append', undefined, /^ADDRESS$/],
      ['append', '9.9.9.9', /^9\.9\.9\.9, ADDRESS$/],
      ['preserve', '9.9.9.9', /^9\.9\.9\.9$/],
      ['preserve', undefined, undefined],
      ['remove', '9.9.9.9', undefined],
    ])('X-Forwarded-For, in mode %s where the caller sends %s', async (mode, sent, expected) => {
      const world = await openShop();
      const [{ LoadBalancerArn }] = world.elb('DescribeLoadBalancers').LoadBalancers;
      world.elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: [{ Key: MODE, Value: mode }] });
      const headers: Record<string, string> = sent === undefined ? {} : { 'X-Forwarded-For': sent };
      const { headers: seen, source } = await got(world, '/', { headers });
      const client = addressesOf(world).filter((one) => one !== source && one !== world.server);
      const own = client.find((address) => seen['x-forwarded-for']?.endsWith(address)) ?? 'none';
      const shown = seen['x-forwarded-for']?.replace(own, 'ADDRESS');
      if (expected) expect(shown).toMatch(expected);
      else expect(shown).toBeUndefined();
    });

    it('the protocol and the port of the listener, whatever the caller sends', async () => {
      const world = await shop();
      const listener = world.listener(8443);
      world.route('ANY /{proxy+}', world.integration({ IntegrationUri: listener }));
      world.stage();
      const headers = { 'X-Forwarded-Proto': 'ftp', 'X-Forwarded-Port': '1' };
      const { headers: seen } = await got(world, '/', { headers });
      expect(seen).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-port': '8443' });
    });

    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
    it.each([
      ['Root=1-67891233-abcdef012345678912345678', /^Self=1-[^;]+;Root=1-67891233-abcdef012345678912345678$/],
      ['Self=1-old;Root=1-a-b;CalledFrom=app', /^Self=1-6a1ccdd8-[0-9a-f]{24};Root=1-a-b;CalledFrom=app$/],
      ['CalledFrom=app', /^Root=1-6a1ccdd8-[0-9a-f]{24};CalledFrom=app$/],
    ])('Self in the trace %s', async (sent, expected) => {
      const { headers: seen } = await got(await openShop(), '/', { headers: { 'X-Amzn-Trace-Id': sent } });
      expect(seen['x-amzn-trace-id']).toMatch(expected);
    });
  });

  it('the name of the stage in the path, but of $default', async () => {
    const world = await openShop();
    world.stage('prod');
    expect((await got(world, '/orders')).path).toBe('/orders');
    expect((await got(world, '/prod/orders')).path).toBe('/prod/orders');
    expect((await got(world, '/production/orders')).path).toBe('/production/orders');
    const { trace } = await world.get('/prod/orders');
    expect(trace).toEqual({
      gateway: world.ApiId,
      route: 'ANY /{proxy+}',
      stage: 'prod',
      link: world.linkId,
      target: `${world.server}:8080`,
      source: expect.stringMatching(/^172\.31\./),
    });
  });

  it.each([
    ['without the name of the stage', { 'overwrite:path': '$request.path' }, '/orders/a%2Fb'],
    ['with another beginning', { 'overwrite:path': '/v1/$request.path.proxy' }, '/v1/orders/a%2Fb'],
    ['with braces', { 'overwrite:path': '/v1/${request.path.proxy}/x' }, '/v1/orders/a%2Fb/x'],
    ['that is fixed, with characters escaped', { 'overwrite:path': 'a b' }, '/a%20b'],
  ])('a path %s', async (_what, RequestParameters, expected) => {
    const world = await openShop('ANY /{proxy+}', { RequestParameters });
    world.stage('prod');
    expect(await got(world, '/prod/orders/a%2Fb?q=1')).toMatchObject({ path: expected, query: 'q=1' });
  });

  it('headers and parameters as the mappings ask', async () => {
    const RequestParameters = {
      'append:header.x-tags': '$request.querystring.tag',
      'overwrite:header.X-User': 'user-$request.header.x-id',
      'remove:header.x-id': "''",
      'overwrite:header.host': 'orders.internal',
      'append:header.x-about': '$context.accountId $context.routeKey $context.stage $stageVariables.color',
      'append:header.x-order': '$request.body.order.lines[1].id',
      'append:header.x-none': '$request.header.absent',
      'append:querystring.from': '$request.path.id',
      'overwrite:querystring.tag': 'a&b',
      'remove:querystring.secret': "''",
    };
    const world = await shop();
    world.route('POST /orders/{id}', world.integration({ RequestParameters }));
    world.stage('$default', { StageVariables: { color: 'blue' } });
    const seen = await got(world, '/orders/7?tag=x&tag=y&secret=1&keep=2', {
      method: 'POST',
      headers: { 'x-tags': 'z', 'x-id': '42', 'x-user': 'old' },
      body: JSON.stringify({ order: { lines: [{ id: 1 }, { id: 'two' }] } }),
    });
    expect(seen.headers).toMatchObject({
      'x-tags': 'z,x,y',
      'x-user': 'user-42',
      host: 'orders.internal',
      'x-about': `${ACCOUNT} POST /orders/{id} $default blue`,
      'x-order': 'two',
    });
    expect(Object.keys(seen.headers)).not.toContain('x-id');
    expect(Object.keys(seen.headers)).not.toContain('x-none');
    expect(seen.query).toBe('keep=2&from=7&tag=a%26b');
  });

  it.each(['constructor', 'valueOf', '__proto__'])('no value for a name that no call has: %s', async (name) => {
    const RequestParameters = Object.fromEntries(
      ['request.header', 'request.querystring', 'request.body', 'stageVariables', 'context', 'context.authorizer'].map(
        (place) => [`append:header.x-${place.replaceAll('.', '-')}`, `<$${place}.${name}>`],
      ),
    );
    const world = await openShop('ANY /{proxy+}', { RequestParameters });
    const { headers } = await got(world, '/a', { method: 'POST', body: '{}' });
    expect(Object.keys(headers).filter((key) => /^x-(?:request|context|stage)/.test(key))).toHaveLength(6);
    expect(Object.values(headers).join(' ')).not.toMatch(/function|native|object/);
  });

  it('the method of the integration where it is not ANY', async () => {
    const world = await openShop('ANY /{proxy+}', { IntegrationMethod: 'POST' });
    expect((await got(world, '/a')).method).toBe('POST');
  });
});

it('the caller gets: status and headers as the mappings ask', async () => {
  const ResponseParameters = {
    '404': {
      'overwrite:statuscode': '403',
      'append:header.x-why': '$response.body.reason',
      'remove:header.server': "''",
    },
    '200': { 'overwrite:header.x-request': '$context.requestId' },
  };
  const world = await openShop('ANY /{proxy+}', { ResponseParameters });
  const ok = await world.get('/a');
  expect(ok.status).toBe(200);
  expect(ok.headers['x-request']).toBe(ok.headers['apigw-requestid']);
  const body = '{"reason":"hidden"}';
  world.sim.backends.add({ address: world.server, port: 8080, behavior: { status: 404, body } });
  const { status, headers, outcome, body: passed } = await world.get('/a');
  expect({ status, outcome, why: headers['x-why'], body: passed }).toEqual({
    status: 403,
    outcome: 'delivered',
    why: 'hidden',
    body,
  });
  expect(headers['content-length']).toBe(`${body.length}`);
});
