import { describe, expect, it } from 'vitest';
import { idOf } from '../../alibaba/ecs/account.js';
import { publish, shop, type Shop } from './shop.js';

interface Echo {
  readonly path: string;
  readonly query: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
}

async function echo({ call, host }: Shop, path: string, method = 'GET', headers = {}): Promise<Echo> {
  const answer = await call({ host, path, method, headers });
  expect(answer.outcome).toBe('delivered');
  return JSON.parse(answer.body) as Echo;
}

describe('stages', () => {
  it('serve what was published on them, RELEASE by default', async () => {
    const { cloud, groupId, get, ordersId } = await shop();
    expect(await get('/orders/7', { 'X-Ca-Stage': 'RELEASE' })).toBe('delivered 200');
    expect(await get('/orders/7', { 'X-Ca-Stage': 'TEST' })).toBe('no-route 404 I404NF');
    expect(await get('/orders/7', { 'X-Ca-Stage': 'canary' })).toBe('no-stage 400 I400SG');
    cloud.cloudapi('DeployApi', { GroupId: groupId, ApiId: ordersId, StageName: 'PRE', Description: 'try' });
    expect(await get('/orders/7', { 'X-Ca-Stage': 'pre' })).toBe('delivered 200');
    cloud.cloudapi('AbolishApi', { GroupId: groupId, ApiId: ordersId, StageName: 'RELEASE' });
    expect(await get('/orders/7')).toBe('no-route 404 I404NF');
  });

  it('serve the definition that was published, not the draft', async () => {
    const { cloud, groupId: GroupId, ordersId: ApiId, get } = await shop();
    cloud.cloudapi('ModifyApi', {
      GroupId,
      ApiId,
      ApiName: 'orders',
      Visibility: 'PRIVATE',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/new' }),
      ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: 'new' }),
    });
    expect([await get('/orders/7'), await get('/new')]).toEqual(['delivered 200', 'no-route 404 I404NF']);
    cloud.cloudapi('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'new' });
    expect([await get('/orders/7'), await get('/new')]).toEqual(['no-route 404 I404NF', 'delivered 200']);
  });

  it('get a publication when it has reached the data path', async () => {
    const { cloud, groupId, get, sim } = await shop({ dataPathDelay: 3000 });
    publish(cloud, groupId, { path: '/late', access: 'server' });
    await sim.advance(2999);
    expect(await get('/late')).toBe('no-route 404 I404NF');
    await sim.advance(1);
    expect(await get('/late')).toBe('delivered 200');
  });
});

describe('routes', () => {
  it('prefer literals to parameters, parameters to /*, and a method to ANY', async () => {
    const world = await shop();
    const { cloud, groupId, call, host } = world;
    const mock = (path: string, method = 'GET') =>
      publish(cloud, groupId, { path, method, service: { Mock: 'TRUE', MockResult: `${method} ${path}` } });
    for (const path of ['/a/b', '/a/[x]', '/a/*', '/a/[x]/c', '/*']) mock(path);
    mock('/a/b', 'ANY');
    const ends = async (path: string, method = 'GET') => (await call({ host, path, method })).body;
    expect(await ends('/a/b')).toBe('GET /a/b');
    expect(await ends('/a/b', 'POST')).toBe('ANY /a/b');
    expect(await ends('/a/z?q=1')).toBe('GET /a/[x]');
    expect(await ends('/a/b/c')).toBe('GET /a/[x]/c');
    expect(await ends('/a/b/d')).toBe('GET /a/*');
    expect(await ends('/a/')).toBe('GET /a/*');
    expect(await ends('/z')).toBe('GET /*');
    expect((await call({ host, path: '/z', method: 'PUT' })).outcome).toBe('no-route');
  });

  it('have the parameters of their own path, where another one begins alike and leads nowhere', async () => {
    const world = await shop();
    const { cloud, groupId } = world;
    const service = { Mock: 'TRUE', MockResult: '' };
    publish(cloud, groupId, { path: '/a/[y]/z', service });
    publish(cloud, groupId, { path: '/[x]/b/c', access: 'server', service: { ServicePath: '/seen/[x]' } });
    expect((await echo(world, '/a/b/c')).path).toBe('/seen/a');
  });

  it('are below the base path of the group', async () => {
    const { cloud, groupId, get } = await shop();
    cloud.cloudapi('ModifyApiGroup', { GroupId: groupId, GroupName: 'shop', BasePath: '/shop/' });
    expect([await get('/shop/orders/7'), await get('/orders/7')]).toEqual(['delivered 200', 'no-route 404 I404NF']);
  });

  it('refuse a protocol that their API does not take, where the call says which', async () => {
    const { cloud, groupId, get } = await shop();
    publish(cloud, groupId, { path: '/tls', access: 'server', request: { RequestProtocol: 'HTTPS' } });
    expect(await get('/tls')).toBe('delivered 200');
    expect(await get('/tls', { 'x-postern-protocol': 'https' })).toBe('delivered 200');
    expect(await get('/tls', { 'x-postern-protocol': 'http' })).toBe('no-route 403 I403PT');
  });
});

describe('the backend', () => {
  it('gets its own path and method, the query, the host, and headers of the gateway', async () => {
    const world = await shop();
    const seen = await echo(world, '/orders/7?page=2', 'GET', { accept: 'text/plain', 'x-postern-caller': 'internet' });
    expect(seen).toMatchObject({ path: '/v2/orders/7', query: 'page=2', destination: '10.0.3.10', port: 80 });
    expect(seen.source).toMatch(/^10\.0\.[12]\.\d+$/);
    expect(seen.headers).toMatchObject({ accept: 'text/plain', 'x-forwarded-for': '203.0.113.10' });
    expect(seen.headers['x-ca-request-id']).toMatch(/^[0-9A-F-]{36}$/);
    expect(seen.headers['host']).toBe(world.serverId);
    expect(seen.headers).not.toHaveProperty('x-postern-caller');
    const { headers } = await world.call({ host: world.host, path: '/orders/7' });
    expect(headers['x-ca-request-id']).toMatch(/^[0-9A-F-]{36}$/);
  });

  it('gets the host name of its authorization', async () => {
    const world = await shop();
    const { cloud, vpcId: VpcId, serverId: InstanceId } = world;
    cloud.cloudapi('ModifyVpcAccessAndUpdateApis', {
      Name: 'server',
      VpcId,
      InstanceId,
      Port: 80,
      VpcTargetHostName: 'orders.internal',
      Token: 'host',
    });
    expect((await echo(world, '/orders/7')).headers['host']).toBe('orders.internal');
  });

  it('gets what its service says: another method, a path below, constants, declared queries only', async () => {
    const world = await shop();
    const { cloud, groupId } = world;
    publish(cloud, groupId, {
      path: '/below/*',
      method: 'ANY',
      access: 'server',
      service: { ServicePath: '/x/*', ServiceHttpMethod: 'POST' },
      request: { RequestMode: 'MAPPING' },
      more: {
        RequestParameters: JSON.stringify([{ ApiParameterName: 'kept', Location: 'QUERY', ParameterType: 'String' }]),
        ConstantParameters: JSON.stringify([
          { ServiceParameterName: 'tenant', ConstantValue: 'a b', Location: 'QUERY' },
          { ServiceParameterName: 'X-Tenant', ConstantValue: 'one', Location: 'HEAD' },
        ]),
      },
    });
    const seen = await echo(world, '/below/a/b?kept=1&other=2', 'PUT');
    expect(seen).toMatchObject({ method: 'POST', path: '/x/a/b', query: 'kept=1&tenant=a%20b' });
    expect(seen.headers['x-tenant']).toBe('one');
  });

  it('is a private address without an authorization, on a VPC integration instance', async () => {
    const world = await shop();
    publish(world.cloud, world.groupId, {
      path: '/plain',
      service: { ServiceAddress: 'http://10.0.3.10:80/api', ServicePath: '/p' },
    });
    expect(await echo(world, '/plain')).toMatchObject({ path: '/api/p', destination: '10.0.3.10' });
  });

  it('is found by a stage variable, by a private name, and as a named backend', async () => {
    const world = await shop();
    const { cloud, groupId: GroupId, linkId: InstanceId } = world;
    const { StageItems } = cloud.cloudapi('DescribeApiGroup', { GroupId }) as {
      StageItems?: { StageInfo: { StageId: string; StageName: string }[] };
    };
    const StageId = StageItems?.StageInfo.find((one) => one.StageName === 'RELEASE')?.StageId;
    cloud.cloudapi('CreateApiStageVariable', { GroupId, StageId, VariableName: 'backend', VariableValue: 'server' });
    publish(cloud, GroupId, { path: '/variable', access: '#backend#' });
    expect((await echo(world, '/variable')).destination).toBe('10.0.3.10');
    const IntranetDomain = 'orders.shop.internal';
    cloud.cloudapi('CreatePrivateDNS', {
      IntranetDomain,
      Type: 'A',
      Records: [
        { Record: '10.0.3.10', Weight: 100 },
        { Record: '10.0.3.99', Weight: 0 },
      ],
    });
    publish(cloud, GroupId, { path: '/name', service: { ServiceAddress: `http://${IntranetDomain}` } });
    expect(await world.get('/name')).toBe('no-integration 504 D504RE');
    cloud.cloudapi('AssociateInstanceWithPrivateDNS', { InstanceId, IntranetDomains: [IntranetDomain] });
    expect((await echo(world, '/name')).headers['host']).toBe(IntranetDomain);
    const BackendId = idOf(cloud.cloudapi('CreateBackend', { BackendName: 'b', BackendType: 'VPC' }), 'BackendId');
    const BackendModelData = JSON.stringify({ VpcConfig: { Name: 'server' } });
    const model = { BackendId, BackendType: 'VPC', StageName: 'RELEASE', BackendModelData };
    cloud.cloudapi('CreateBackendModel', model);
    publish(cloud, GroupId, { path: '/named', more: { BackendEnable: true, BackendId } });
    expect((await echo(world, '/named')).destination).toBe('10.0.3.10');
  });

  it('is a sample, the internet, or not simulated', async () => {
    const { cloud, groupId, call, host, get } = await shop();
    const service = { Mock: 'TRUE', MockResult: 'sample', MockStatusCode: 201 };
    publish(cloud, groupId, { path: '/mock', service });
    expect(await call({ host, path: '/mock' })).toMatchObject({ status: 201, body: 'sample', outcome: 'delivered' });
    publish(cloud, groupId, { path: '/world', service: { ServiceAddress: 'https://api.example.com:8443' } });
    const answer = await call({ host, path: '/world' });
    expect(answer.trace.target).toBe('api.example.com:8443');
    expect((JSON.parse(answer.body) as Echo).headers['host']).toBe('api.example.com:8443');
    const fc = { ServiceProtocol: 'FunctionCompute' };
    publish(cloud, groupId, { path: '/function', service: fc });
    expect(await get('/function')).toBe('no-integration 501');
  });
});
