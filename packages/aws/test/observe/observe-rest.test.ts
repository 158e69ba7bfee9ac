import { CLOUDS } from '../../../core/test/clouds.js';
import { createContext, type Spec, type Scope } from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { readWorld } from '../rest-apis/read-world.js';
import { OWNER, REGION, simulated } from '../world/simulated.js';

describe('a gateway that the scope names by the key of another kind', () => {
  it('is read as what it is, so that its kind can be reported', async () => {
    const { driver, ctx, call, world } = await simulated();
    const restApi: string = call('apigateway', 'CreateRestApi', { name: 'shop' }).id;
    const webSocketApi: string = call('apigatewayv2', 'CreateApi', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }).ApiId;
    const httpApi = world.gateway.id;
    const kinds = async (...gateways: NonNullable<Scope['gateways']>) =>
      (await driver.observe({ gateways }, ctx)).gateways.map(({ id, kind }) => [id, kind]);
    expect(await kinds({ httpApi: restApi })).toEqual([[restApi, 'rest-api']]);
    expect(await kinds({ restApi: httpApi })).toEqual([[httpApi, 'http-api']]);
    expect(await kinds({ restApi: webSocketApi })).toEqual([[webSocketApi, 'websocket-api']]);
    expect(await kinds({ httpApi: webSocketApi })).toEqual([[webSocketApi, 'websocket-api']]);
    expect(await kinds({ webSocketApi: restApi }, { restApi: 'zzzzzzzzzz' })).toEqual([[restApi, 'rest-api']]);
    expect(await kinds({ restApi: '../restapis' }, { restApi: '' })).toEqual([]);
    const all = (await driver.observe({ all: true, gateways: [{ httpApi: restApi }] }, ctx)).gateways;
    expect(all.map(({ id }) => id).toSorted()).toEqual([httpApi, restApi, webSocketApi].toSorted());
  });

  it('gives WRONG_KIND in a plan', async () => {
    const { driver, ctx, simulation, link } = await simulated();
    const { id: linkId } = await link();
    const { apiGatewayV2 } = simulation.clients(REGION);
    const { ApiId = '' } = await apiGatewayV2.createApi({
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    const spec: Spec = {
      version: 1,
      project: 'shop',
      spec: 'shop',
      links: { eu: { provider: 'aws', region: REGION, id: linkId, tags: {} } },
      integrations: {
        orders: { link: 'eu', gateway: { restApi: ApiId, stage: 'prod' }, targets: {}, routes: {} },
      },
    };
    const snapshot = await observeSpec(spec, () => Promise.resolve(driver), ctx, { clouds: CLOUDS });
    expect(() => diff(snapshot, spec, { clouds: CLOUDS })).toThrow(expect.objectContaining({ code: 'WRONG_KIND' }));
  });
});

it('several REST APIs: are read with one list, and each by itself where that list fails', async () => {
  const { driver, ctx, call, simulation, calledSince } = await simulated();
  const ids = ['a', 'b'].map((name): string => call('apigateway', 'CreateRestApi', { name }).id);
  const scope: Scope = { gateways: ids.map((restApi) => ({ restApi })) };
  const from = simulation.journal().length;
  const { gateways } = await driver.observe(scope, ctx);
  expect(gateways.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(calledSince(from)).not.toContain('GetRestApi');
  simulation.faults.add({ operation: 'GetRestApis', kind: 'deny' });
  expect(await driver.observe(scope, ctx)).toMatchObject({ gateways, gaps: [] });
  simulation.faults.clear();
  simulation.faults.add({ operation: 'GetResources', kind: 'deny' });
  const region = await driver.observe(scope, ctx);
  expect(region.gateways).toEqual([]);
  expect(region.gaps.map(({ of, id }) => [of, id])).toEqual(ids.toSorted().map((id) => ['gateways', id]));
});

it('the client certificate of a stage: is read with its end, by one list for all stages', async () => {
  const { driver, ctx, call, simulation } = await readWorld();
  const rest = (operation: string, input: object): any => call('apigateway', operation, input as never);
  const { id: restApiId, rootResourceId: resourceId } = rest('CreateRestApi', { name: 'shop' });
  rest('PutMethod', { restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' });
  rest('PutIntegration', { restApiId, resourceId, httpMethod: 'GET', type: 'MOCK' });
  for (const stageName of ['prod', 'beta']) rest('CreateDeployment', { restApiId, stageName });
  const { clientCertificateId: id, expirationDate } = rest('GenerateClientCertificate', {});
  const patchOperations = [{ op: 'replace', path: '/clientCertificateId', value: id }];
  rest('UpdateStage', { restApiId, stageName: 'prod', patchOperations });
  const scope: Scope = { gateways: [{ restApi: restApiId }], checks: true };
  const read = async () => {
    const { gateways, gaps } = await driver.observe(scope, ctx);
    return { stages: gateways[0]?.stages.map((one) => [one.name, one.clientCertificate]).toSorted(), gaps };
  };
  expect(await read()).toMatchObject({
    stages: [
      ['beta', {}],
      ['prod', { id, notAfter: expirationDate.toISOString() }],
    ],
    gaps: [],
  });
  simulation.faults.add({ operation: 'GetClientCertificates', kind: 'deny' });
  const denied = await read();
  expect(denied.stages).toEqual([
    ['beta', {}],
    ['prod', { id }],
  ]);
  expect(denied.gaps).toMatchObject([{ of: 'certificates', id, permission: 'apigateway:GET' }]);
});

describe('links of both kinds', () => {
  it('are read by the kinds in scope: without any, V2 alone, and all in a full read', async () => {
    const { driver, ctx, link, v1, edge, world, settle } = await readWorld();
    const second = (await link()).id;
    const first = v1(edge.arn);
    await settle();
    const ids = async (scope: Scope) => (await driver.observe(scope, ctx)).links.map(({ id }) => id);
    expect(await ids({})).toEqual([second]);
    expect(await ids({ linkKinds: ['vpc-link-v1'] })).toEqual([first]);
    expect(await ids({ linkKinds: ['vpc-link-v1', 'vpc-link-v2'] })).toEqual([second, first]);
    expect(await ids({ all: true })).toEqual([second, first]);
    const { links, loadBalancers } = await driver.observe({ all: true }, ctx);
    expect(links.map(({ networkId }) => networkId)).toEqual([world.networkId, world.networkId]);
    expect(loadBalancers.map(({ id }) => id)).toEqual([edge.arn]);
  });

  it('have no network where load balancers may not be read', async () => {
    const { driver, ctx, v1, edge, settle, simulation } = await readWorld();
    v1(edge.arn);
    await settle();
    simulation.faults.add({ operation: 'DescribeLoadBalancers', kind: 'deny' });
    const { links, gaps } = await driver.observe({ linkKinds: ['vpc-link-v1'] }, ctx);
    expect(links[0]?.networkId).toBeUndefined();
    expect(gaps.map(({ of }) => of)).toContain('loadBalancers');
  });

  it('have gaps where a list is refused, and the other is read', async () => {
    const { driver, ctx, link, simulation } = await readWorld();
    await link();
    simulation.faults.add({ service: 'apigateway', operation: 'GetVpcLinks', kind: 'deny' });
    const { links, gaps } = await driver.observe({ linkKinds: ['vpc-link-v1', 'vpc-link-v2'] }, ctx);
    expect(links).toHaveLength(1);
    expect(gaps).toMatchObject([{ of: 'links', operation: 'GetVpcLinks', permission: 'apigateway:GET' }]);
  });

  it('have their quotas read where the default is reached', async () => {
    const { driver, ctx, balancer, v1, call } = await readWorld({ quotas: { 'vpc-links-v1': 25 } });
    expect((await driver.observe({ declared: ['eu'], linkKinds: ['vpc-link-v1'] }, ctx)).quotas).toBeUndefined();
    const { arn } = balancer('other-nlb');
    for (let index = 0; index < 20; index += 1) v1(arn);
    const region = await driver.observe({ declared: ['eu'], linkKinds: ['vpc-link-v1'] }, ctx);
    expect(region.quotas).toEqual({ 'vpc-links-v1': 25 });
    expect(call('apigateway', 'GetVpcLinks', { limit: 500 }).items).toHaveLength(20);
  });
});

it('load balancers that links are made for: are read by name or ARN, without their listeners', async () => {
  const { driver, ctx, edge, alb, simulation, calledSince } = await readWorld();
  await driver.identity(ctx);
  const from = simulation.journal().length;
  const scope: Scope = { loadBalancers: ['edge-nlb', alb], linkKinds: ['vpc-link-v1'] };
  const region = await driver.observe(scope, ctx);
  expect(region.loadBalancers.map(({ id }) => id).toSorted()).toEqual([alb, edge.arn].toSorted());
  expect(region.listeners).toEqual([]);
  expect(calledSince(from).toSorted()).toEqual(['DescribeLoadBalancers', 'GetVpcLinks']);
  const missing = await driver.observe({ ...scope, loadBalancers: ['edge-nbl'] }, ctx);
  expect(missing.loadBalancers.map(({ name }) => name)).toContain('edge-nlb');
});

it('the egress of a V1 link: is that of the interfaces of its load balancer, in a full read and for checks', async () => {
  const { driver, ctx, link, v1, edge, settle, world, method, api } = await readWorld();
  await link();
  const id = v1(edge.arn);
  await settle();
  method(api(), 'GET /a', { connectionId: id, uri: 'https://a.internal/a' });
  for (const scope of [{ all: true }, { all: true, checks: true, gateways: [] }]) {
    const { egress, interfaces, links } = await driver.observe(scope, ctx);
    expect(links.find((one) => one.id === id)?.networkId).toBe(world.networkId);
    const own = interfaces.filter(({ attachedTo }) => attachedTo === edge.arn);
    expect(own).toHaveLength(2);
    const addresses = own.flatMap((one) => one.addresses);
    const found = egress.find(({ linkId }) => linkId === id);
    expect(found).toMatchObject({
      stability: 'stable',
      seenBy: [{ target: edge.listener, source: 'load-balancer' }],
    });
    expect(found?.addresses.toSorted()).toEqual(addresses.toSorted());
    expect(found?.prefixes.toSorted()).toEqual(addresses.map((one) => `${one}/32`).toSorted());
  }
});

describe('a no-change observation of ten REST APIs with a hundred resources and four links', () => {
  it('takes at most 30 calls, the identity included', async () => {
    const cloud = await readWorld({ quotas: { 'vpc-links': 20 } });
    const { balancer, link, v1, settle, api, resource, rest, simulation, world, calledSince } = cloud;
    const balancers = ['one', 'two', 'three', 'four'].map((name) => ({ name, ...balancer(name) }));
    await settle();
    const [one, two, three, four] = balancers;
    const second = await Promise.all(
      ['c', 'd'].map(async (integration) => (await link({ owner: { ...OWNER, integration } })).id),
    );
    const first = [one!, two!].map(({ arn }, at) =>
      v1(arn, { tags: { 'postern:project': 'shop', 'postern:integration': `l${at}` } }),
    );
    await settle();
    const leads = [
      { connectionId: first[0], uri: 'https://a.internal/' },
      { connectionId: first[1], uri: 'https://a.internal/' },
      { connectionId: second[0], uri: 'https://a.internal/', integrationTarget: three!.arn },
      { connectionId: second[1], uri: 'https://a.internal/', integrationTarget: four!.arn },
    ];
    const apis = Array.from({ length: 10 }, (_, at) => {
      const restApiId = api(`api-${at}`);
      const parentId = resource(restApiId, '/');
      for (let index = 0; index < 100; index += 1) {
        const { id: resourceId } = rest('CreateResource', { restApiId, parentId, pathPart: `r${index}` });
        const place = { restApiId, resourceId, httpMethod: 'GET' };
        rest('PutMethod', { ...place, authorizationType: 'NONE' });
        rest('PutIntegration', {
          ...place,
          type: 'HTTP_PROXY',
          integrationHttpMethod: 'GET',
          connectionType: 'VPC_LINK',
          ...leads[index % 4],
        });
      }
      rest('CreateDeployment', { restApiId, stageName: 'prod' });
      return restApiId;
    });
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
    const from = simulation.journal().length;
    const region = await driver.observe(
      {
        project: 'shop',
        spec: 'orders',
        linkKinds: ['vpc-link-v2', 'vpc-link-v1'],
        declared: ['l0', 'l1', 'c', 'd'],
        loadBalancers: ['one', 'two'],
        gateways: apis.map((restApi) => ({ restApi, stage: 'prod' })),
        targets: balancers.map(({ listener }) => ({ listener })),
        subnets: world.subnetIds.slice(0, 2),
        securityGroups: world.securityGroupIds,
      },
      ctx,
    );
    const called = calledSince(from);
    expect(region.gaps).toEqual([]);
    expect(region.gateways.map(({ routes }) => routes.length)).toEqual(apis.map(() => 100));
    const reached = new Set(region.gateways.flatMap(({ routes }) => routes.map(({ targetId }) => targetId)));
    expect([...reached].toSorted()).toEqual(balancers.map(({ listener }) => listener).toSorted());
    expect(region.links.map(({ owner }) => owner?.integration).toSorted()).toEqual(['c', 'd', 'l0', 'l1']);
    expect(called).toContain('GetCallerIdentity');
    expect(called.length, called.toSorted().join(', ')).toBeLessThanOrEqual(30);
  });
});
