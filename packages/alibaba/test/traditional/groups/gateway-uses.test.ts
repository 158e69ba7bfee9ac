import type { RegionSnapshot, GatewayUse } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { PLUGIN_TYPES } from '../../../src/traditional/groups/gateway-uses.js';
import { pluginBodyReader } from '../../../src/traditional/groups/plugin.js';
import { simulated } from '../../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

/** What CreateApi and ModifyApi are sent for an API. */
const definition = (path: string, more: Readonly<Record<string, unknown>>) => ({
  ApiName: path.slice(1),
  Visibility: 'PRIVATE',
  AuthType: 'ANONYMOUS',
  RequestConfig: JSON.stringify({
    RequestProtocol: 'HTTP',
    RequestHttpMethod: 'GET',
    RequestPath: path,
    RequestMode: 'PASSTHROUGH',
  }),
  ...more,
});

/** Creates an API of the group; returns its ID. */
function api({ call, world }: Cloud, path: string, more: Readonly<Record<string, unknown>>): string {
  return call('CloudAPI', 'CreateApi', { GroupId: world.gateway.id, ...definition(path, more) }).ApiId;
}

const calls = (address: string) => ({
  ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ServiceAddress: address, ServiceVpcEnable: 'FALSE' }),
});

const publish = ({ call, world }: Cloud, ApiId: string, StageName: string): unknown =>
  call('CloudAPI', 'DeployApi', { GroupId: world.gateway.id, ApiId, StageName, Description: 'd' });

async function observed({ driver, ctx, world }: Cloud): Promise<RegionSnapshot> {
  return driver.observe({ gateways: [{ apiGroup: world.gateway.id }], uses: true }, ctx);
}

const usesOf = async (cloud: Cloud): Promise<readonly GatewayUse[]> => (await observed(cloud)).gateways[0]?.uses ?? [];

function plugin({ call, world }: Cloud, PluginType: string, PluginData: string, apiId?: string): void {
  const { PluginId } = call('CloudAPI', 'CreatePlugin', { PluginName: `of_${PluginType}`, PluginType, PluginData });
  const where = { PluginId, GroupId: world.gateway.id, StageName: 'RELEASE' };
  if (apiId === undefined) call('CloudAPI', 'AttachGroupPlugin', where);
  else call('CloudAPI', 'AttachPlugin', { ...where, ApiId: apiId });
}

describe('what of a group uses a backend', () => {
  it('distinguishes drafts from published APIs', async () => {
    const cloud = await simulated();
    const id = api(cloud, '/orders', calls('http://10.10.0.8:8080'));
    publish(cloud, id, 'RELEASE');
    cloud.call('CloudAPI', 'ModifyApi', { ApiId: id, ...definition('/orders', calls('https://10.10.0.9')) });
    expect(await usesOf(cloud)).toEqual([
      { kind: 'route', id, name: 'GET /orders', routeIds: [id], host: '10.10.0.9', port: 443, scheme: 'https' },
      {
        kind: 'route',
        id,
        name: 'GET /orders',
        routeIds: [id],
        stage: 'RELEASE',
        host: '10.10.0.8',
        port: 8080,
        scheme: 'http',
      },
    ]);
  });

  it('finds who uses a named backend on each stage, also where the draft no longer uses it', async () => {
    const cloud = await simulated();
    const { call } = cloud;
    const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'shared', BackendType: 'HTTP' });
    for (const [StageName, address] of [
      ['RELEASE', 'http://10.10.0.30:80'],
      ['PRE', 'http://#host#:80'],
    ]) {
      call('CloudAPI', 'CreateBackendModel', {
        BackendId,
        BackendType: 'HTTP',
        StageName,
        BackendModelData: JSON.stringify({ ServiceAddress: address, ServiceTimeout: 10_000 }),
      });
    }
    const named = { BackendEnable: true, BackendId, ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP' }) };
    const id = api(cloud, '/named', named);
    publish(cloud, id, 'RELEASE');
    const changed = definition('/named', { BackendEnable: false, ...calls('http://10.10.0.8') });
    call('CloudAPI', 'ModifyApi', { ApiId: id, ...changed });
    const uses = await usesOf(cloud);
    expect(uses).toContainEqual({
      kind: 'backend',
      id: BackendId,
      name: 'shared',
      routeIds: [id],
      stage: 'RELEASE',
      host: '10.10.0.30',
      port: 80,
      scheme: 'http',
    });
    expect(uses.filter(({ kind, stage }) => kind === 'backend' && stage === 'PRE')).toEqual([]);
  });

  it.each<[string, string, Partial<GatewayUse>]>([
    ['routing in YAML', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: "#NAME#" }\n', { targetId: '#NAME#' }],
    ['routing in JSON', '{"routes":[{"backend":{"type":"HTTP","address":"http://10.10.0.7:81"}}]}', { port: 81 }],
    ['routing, an address, not a URL', '{"routes":[{"backend":{"host":"10.10.0.6:82"}}]}', { host: '10.10.0.6' }],
  ])('reads %s', async (_, body, found) => {
    const cloud = await simulated();
    const id = api(cloud, '/other', { ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE' }) });
    publish(cloud, id, 'RELEASE');
    plugin(cloud, 'routing', body, id);
    expect(await usesOf(cloud)).toMatchObject([
      { kind: 'plugin', pluginType: 'routing', stage: 'RELEASE', routeIds: [id], ...found },
    ]);
  });

  it('applies a plug-in of the whole group to all APIs, and does not read addresses in rules as backends', async () => {
    const cloud = await simulated();
    plugin(cloud, 'remoteAuth', 'authUriType: HTTP\nauthUri: { address: "http://10.10.0.5:8080" }\n');
    plugin(cloud, 'ipControl', 'type: ALLOW\nitems:\n- blocks: ["10.9.9.9"]\n');
    expect(await usesOf(cloud)).toMatchObject([{ pluginType: 'remoteAuth', routeIds: [], host: '10.10.0.5' }]);
  });

  it('reports it as undetermined whether a private address inside a longer text is called', async () => {
    const cloud = await simulated();
    plugin(cloud, 'routing', 'routes: []\nnote: "say 10.10.40.7 here"\n');
    expect(await usesOf(cloud)).toMatchObject([
      { kind: 'plugin', unreadable: expect.stringMatching(/^10\.10\.40\.7 is inside a longer text/) },
    ]);
  });

  it('reports that a plug-in whose body is neither YAML nor JSON cannot be read', async () => {
    const read = await pluginBodyReader();
    expect(read('{"a":1}')).toEqual({ body: { a: 1 } });
    expect(read('a: &x [1]\nb: *x\n')).toEqual({ body: { a: [1], b: [1] } });
    for (const text of ['', 'a: [', '"just text"', '{"a":']) {
      expect(read(text), text).toEqual({ unreadable: 'its body is neither YAML nor JSON' });
    }
  });

  it.each<[string, string]>([
    ['brackets', '['.repeat(20_000)],
    ['objects in JSON', '{"a":'.repeat(20_000)],
    ['lists in one line', '- '.repeat(20_000)],
    [
      'aliases',
      `${Array.from({ length: 9 }, (_, n) => `a${n}: &a${n} [${`*a${n - 1},`.repeat(n ? 9 : 0)}x]`).join('\n')}\n`,
    ],
  ])('reports a bomb of %s as not readable', async (_, text) => {
    const read = await pluginBodyReader();
    expect(read(text)).toEqual({ unreadable: expect.any(String) });
  });

  it('reads what a group takes from its instance', async () => {
    const { gateways, links } = await observed(await simulated());
    expect(gateways[0]?.settings).toMatchObject({
      httpsPolicy: expect.any(String),
      requestsPerSecond: 500,
      ipv6: false,
      domains: [{ kind: 'public' }],
      marketplace: false,
    });
    for (const { settings } of links) expect(settings).toMatchObject({ requestsPerSecond: expect.any(Number) });
  });
});

describe('plug-ins that call a backend', () => {
  /** The types of the vendor's pages on plug-ins, and `PluginType` of CreatePlugin. */
  const VENDOR =
    'trafficControl ipControl backendSignature jwtAuth basicAuth cors caching routing accessControl errorMapping circuitBreaker remoteAuth logMask transformer';

  it('are identified among all types that the vendor lists', () => {
    expect(Object.keys(PLUGIN_TYPES).toSorted()).toEqual(VENDOR.split(' ').toSorted());
  });

  it.each([
    ['an authorization', { type: 'HTTP-VPC', vpcAccessName: 'spare' }, { targetId: 'spare' }],
    [
      'a plain address',
      { type: 'HTTP', address: 'http://10.40.1.244:8080' },
      { host: '10.40.1.244', port: 8080, scheme: 'http' },
    ],
  ])('the backend of a circuit breaker is called once the circuit is open: %s', async (_, downgradeBackend, end) => {
    const cloud = await simulated();
    api(cloud, '/orders', calls('http://10.10.0.8:8080'));
    plugin(cloud, 'circuitBreaker', JSON.stringify({ timeoutThreshold: 15, downgradeBackend }));
    const uses = (await usesOf(cloud)).filter(({ kind }) => kind === 'plugin');
    expect(uses).toEqual([expect.objectContaining({ pluginType: 'circuitBreaker', stage: 'RELEASE', ...end })]);
  });
});
