import { describe, expect, it } from 'vitest';
import { openShop, shop, type Shop } from './shop.js';

const ID = /^[A-Za-z0-9_-]{15}=$/;
const DATE = 'Mon, 01 Jun 2026 00:10:00 GMT';

/** An answer of the API itself, as its caller sees it. */
function own(status: number, message: string, isTyped: boolean) {
  const body = JSON.stringify({ message });
  return {
    status,
    body,
    headers: {
      date: DATE,
      ...(isTyped ? { 'content-type': 'application/json' } : {}),
      'content-length': `${body.length}`,
      'apigw-requestid': expect.stringMatching(ID),
    },
  };
}

async function answerOf(world: Shop, path = '/') {
  const { status, body, headers, outcome, because, trace } = await world.get(path);
  const { 'x-postern-outcome': _, 'x-postern-because': __, ...rest } = headers;
  return { seen: { status, body, headers: rest }, outcome, because, trace };
}

describe('an HTTP API answers by itself', () => {
  it('404 where no stage is named and none is $default, with 23 bytes', async () => {
    const world = await shop();
    world.route('$default', world.integration());
    world.stage('prod');
    const { seen, outcome, trace } = await answerOf(world, '/other/orders');
    expect(seen).toEqual(own(404, 'Not Found', true));
    expect(seen.body).toHaveLength(23);
    expect(outcome).toBe('no-stage');
    expect(trace).toEqual({ gateway: world.ApiId, route: '', stage: '', link: '', target: '', source: '' });
  });

  it('404 where no route fits, or the stage has no deployment', async () => {
    const world = await openShop('GET /orders');
    expect(await answerOf(world, '/payments')).toMatchObject({
      seen: own(404, 'Not Found', true),
      outcome: 'no-route',
    });
    world.stage('empty', { AutoDeploy: false });
    const { seen, because } = await answerOf(world, '/empty/orders');
    expect(seen).toEqual(own(404, 'Not Found', true));
    expect(because).toBe('Stage empty has no deployment.');
  });

  it('404 at a default endpoint that is disabled, after a deployment', async () => {
    const world = await shop();
    world.route('$default', world.integration());
    const { DeploymentId } = world.gateway('CreateDeployment', { ApiId: world.ApiId });
    world.stage('$default', { AutoDeploy: false, DeploymentId });
    world.gateway('UpdateApi', { ApiId: world.ApiId, DisableExecuteApiEndpoint: true });
    expect((await world.get('/')).status).toBe(200);
    world.gateway('CreateDeployment', { ApiId: world.ApiId, StageName: '$default' });
    expect(await answerOf(world)).toMatchObject({ seen: own(404, 'Not Found', true), outcome: 'no-route' });
  });

  it('503 while the link is PENDING, with date, content-length and apigw-requestid only', async () => {
    const world = await shop();
    const linkId = world.link('young');
    world.route('$default', world.integration({ ConnectionId: linkId }));
    world.stage();
    const { seen, outcome, because, trace } = await answerOf(world);
    expect(seen).toEqual(own(503, 'Service Unavailable', false));
    expect(seen.body).toHaveLength(33);
    expect(outcome).toBe('link-pending');
    expect(because).toBe(`VPC link ${linkId} is PENDING.`);
    expect(trace).toMatchObject({ route: '$default', stage: '$default', link: linkId, target: '' });
  });

  it('503 after ten seconds where a security group drops the call', async () => {
    const world = await openShop();
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: world.groupId }] }];
    world.ec2('RevokeSecurityGroupIngress', { GroupId: world.groupId, IpPermissions });
    const waiting = answerOf(world);
    let isAnswered = false;
    void waiting.then(() => (isAnswered = true));
    await world.sim.advance(9_999);
    expect(isAnswered).toBe(false);
    await world.sim.advance(1);
    const { seen, outcome, trace } = await waiting;
    expect(seen).toEqual({
      ...own(503, 'Service Unavailable', false),
      headers: { ...own(503, 'Service Unavailable', false).headers, date: 'Mon, 01 Jun 2026 00:10:10 GMT' },
    });
    expect(outcome).toBe('unreachable');
    expect(trace.source).toMatch(/^172\.31\./);
  });

  it('413 to a body of more than 10 MB', async () => {
    const world = await openShop('POST /{proxy+}');
    const post = (size: number) => world.get('/a', { method: 'POST', body: new Uint8Array(size) });
    const [most, more] = [await post(10 * 1024 * 1024), await post(10 * 1024 * 1024 + 1)];
    expect([most.status, most.outcome]).toEqual([200, 'delivered']);
    expect([more.status, more.outcome, more.body]).toEqual([
      413,
      'too-large',
      '{"message":"Request Entity Too Large"}',
    ]);
    expect(world.sim.traffic.counters()).toMatchObject({ calls: 2, delivered: 1, lost: 0 });
  });
});

describe('what a load balancer answers reaches the caller', () => {
  it('503 of its own where no target is healthy', async () => {
    const world = await openShop();
    const { targetGroupArn: TargetGroupArn, server } = world;
    world.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
    await world.sim.advance(600_000);
    const { status, headers, outcome, body } = await world.get('/orders');
    expect([status, outcome, headers['server']]).toEqual([503, 'no-healthy-target', 'awselb/2.0']);
    expect(headers['apigw-requestid']).toMatch(ID);
    expect(body).toContain('<center><h1>503');
  });

  it.each([
    ['the port and the protocol', { Protocol: 'HTTPS', Port: '443' }, '/a/b?x=1&y=2', 'https://HOST:443/a/b?x=1&y=2'],
    ['no query where the call has none', { Protocol: 'HTTPS', Port: '443' }, '/a', 'https://HOST:443/a'],
    ['the port of the listener', { Path: '/new/#{path}' }, '/a?x', 'http://HOST:80/new/a?x'],
    [
      'what is given',
      { Host: 'www.#{host}', Path: '/n', Query: 'from=#{path}', StatusCode: 'HTTP_302' },
      '/a',
      'http://www.HOST:80/n?from=a',
    ],
  ])('a redirect with %s', async (_title, given, path, location) => {
    const world = await openShop();
    const RedirectConfig = { StatusCode: 'HTTP_301', ...given };
    const DefaultActions = [{ Type: 'redirect', RedirectConfig }];
    world.elb('ModifyListener', { ListenerArn: world.listenerArn, DefaultActions });
    for (const one of ['/other', path]) await world.get(one);
    const { status, headers } = await world.get(path);
    expect(status).toBe(Number(RedirectConfig.StatusCode.slice(-3)));
    expect(headers['location']).toBe(location.replace('HOST', world.host));
  });
});
