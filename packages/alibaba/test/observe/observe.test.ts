import { createContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { redacted } from '../../src/client/generated-client.js';
import { references } from '../../src/traditional/groups/plugin.js';
import { OWNER, refusalOf, simulated } from '../world/simulated.js';
import { groupRef, instanceRef } from '../world/refs.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

/** A group of many APIs, all of them published on every stage, with plug-ins. */
function fill({ call, world }: Cloud, apis: number, plugins: number): void {
  const GroupId = world.gateway.id;
  const ids = Array.from({ length: apis }, (_, index) => {
    const RequestConfig = {
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: `/many/${index}`,
      RequestMode: 'PASSTHROUGH',
    };
    const { ApiId } = call('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: `many_${index}`,
      Visibility: 'PRIVATE',
      AuthType: 'ANONYMOUS',
      RequestConfig: JSON.stringify(RequestConfig),
      ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: 'ok' }),
      ConstantParameters: JSON.stringify([
        { ConstantValue: 'hunter2', ServiceParameterName: 'X-Key', Location: 'HEAD' },
      ]),
    });
    for (const StageName of ['RELEASE', 'PRE', 'TEST'])
      call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'd' });
    return ApiId as string;
  });
  for (let index = 0; index < plugins; index += 1) {
    const PluginData = `routes:\n- name: vip\n  condition: $CaAppId = 1\n  backend: { type: HTTP, address: 'http://10.10.0.${index + 10}:80' }\n`;
    const { PluginId } = call('CloudAPI', 'CreatePlugin', {
      PluginName: `routing_${index}`,
      PluginType: 'routing',
      PluginData,
    });
    call('CloudAPI', 'AttachPlugin', { PluginId, ApiId: ids[index], GroupId, StageName: 'RELEASE' });
  }
}

describe('observing everything', () => {
  it.runIf(PROVE)(
    'reads a group of 1,000 APIs on three stages with 50 plug-ins with the fewest possible calls',
    async () => {
      const cloud = await simulated({ throttle: false });
      fill(cloud, 1_000, 50);
      const from = cloud.simulation.journal().length;
      const lines: string[] = [];
      const ctx = createContext({ clock: cloud.simulation.clock, random: () => 0.5, log: (line) => lines.push(line) });
      const { gateways, native, gaps } = await cloud.driver.observe({ all: true }, ctx);
      expect(gaps).toEqual([]);
      expect(gateways[0]?.routes).toHaveLength(1_000);
      const first = gateways[0]?.routes[0]?.raw as { draft: object; published: Record<string, object> };
      expect(Object.keys(first.published)).toEqual(['RELEASE', 'PRE', 'TEST']);
      expect(native?.['plugins']).toHaveLength(50);

      const counts = new Map<string, number>();
      for (const operation of cloud.calledSince(from)) counts.set(operation, (counts.get(operation) ?? 0) + 1);
      expect(Object.fromEntries(counts)).toMatchObject({
        DescribePlugins: 1, // the bodies come with the list
        DescribePluginApis: 50,
        DescribePluginGroups: 50,
        DescribeApis: 10,
        DescribeApi: 1_000,
        DescribeDeployedApis: 30,
        DescribeDeployedApi: 3_000,
        DescribeVpcAccesses: 1,
        DescribeBackendList: 1,
        ListPrivateDNS: 1,
      });
      // contact Low: where no call was unnecessary, the number is printed once.
      expect(lines.at(-1)).toMatch(/; 4145 calls$/);
    },
  );

  it('omits secrets that the service returns in clear text', async () => {
    const cloud = await simulated();
    const { call, driver, ctx } = cloud;
    fill(cloud, 1, 0);
    const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'registry', BackendType: 'DISCOVERY' });
    const NacosConfig = {
      ServerAddress: 'mse-1.nacos.internal:8848',
      ServiceName: 'orders',
      Namespace: 'shop',
      AuthType: 'BASIC',
      UserName: 'nacos',
      Password: 'hunter2',
      AccessKey: 'hunter2',
      SecretKey: 'hunter2',
    };
    call('CloudAPI', 'CreateBackendModel', {
      BackendId,
      BackendType: 'DISCOVERY',
      StageName: 'RELEASE',
      BackendModelData: JSON.stringify({ DiscoveryConfig: { RcType: 'NACOS', NacosConfig }, ServiceTimeout: 10_000 }),
    });
    call('CloudAPI', 'CreatePlugin', {
      PluginName: 'users',
      PluginType: 'basicAuth',
      PluginData: JSON.stringify({ users: [{ username: 'ann', password: 'hunter2' }] }),
    });
    call('CloudAPI', 'CreatePlugin', {
      PluginName: 'sign',
      PluginType: 'backendSignature',
      PluginData: 'type: APIGW_BACKEND\nkey: k\nsecret: hunter2\n',
    });
    const snapshot = await driver.observe({ all: true }, ctx);
    const text = JSON.stringify(snapshot);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('mse-1.nacos.internal:8848');
    expect(text).toContain('(not shown)');
    expect(snapshot.native?.['backends']).toMatchObject([
      { type: 'DISCOVERY', models: [{ registry: 'mse-1.nacos.internal:8848' }] },
    ]);
  });

  it('fails once when nothing can be read, and leaves no rejection unhandled', async () => {
    const { driver, ctx, simulation, world } = await simulated();
    const unheard: unknown[] = [];
    const hear = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', hear);
    try {
      simulation.faults.add({ service: 'cloudapi', kind: 'expired' });
      const scope = { project: OWNER.project, gateways: [{ apiGroup: world.gateway.id }] };
      expect(await refusalOf(driver.observe(scope, ctx))).toMatchObject({ code: 'CREDENTIALS_EXPIRED' });
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', hear);
    }
    expect(unheard).toEqual([]);
  });

  it('distinguishes draft and published', async () => {
    const cloud = await simulated();
    const { driver, ctx, world, call } = cloud;
    const linkId = await cloud.link();
    const target = await driver.targetResources.create(
      instanceRef(linkId),
      world.targets[0],
      { ...OWNER, name: 'a' },
      ctx,
    );
    const other = await driver.targetResources.create(
      instanceRef(linkId),
      world.targets[1],
      { ...OWNER, name: 'b' },
      ctx,
    );
    const request = {
      gateway: groupRef(world.gateway.id),
      key: 'GET /orders',
      link: instanceRef(linkId),
      owner: OWNER,
      stages: ['RELEASE', 'TEST'],
    } as const;
    const route = await driver.routes.create({ ...request, use: { target, path: 'overwrite' } }, ctx);
    await driver.routes.update(
      route,
      { ...request, stages: ['RELEASE'], use: { target: other, path: 'overwrite' } },
      ctx,
    );
    const { gateways } = await driver.observe({ all: true }, ctx);
    expect(gateways[0]?.routes[0]).toMatchObject({
      targetId: other.id,
      stages: ['RELEASE'],
      raw: {
        draft: { ServiceConfig: { VpcConfig: { Name: other.id } } },
        published: {
          RELEASE: { ServiceConfig: { VpcConfig: { Name: other.id } } },
          TEST: { ServiceConfig: { VpcConfig: { Name: target.id } } },
        },
      },
    });
    call('CloudAPI', 'AbolishApi', { GroupId: world.gateway.id, ApiId: route.id, StageName: 'RELEASE' });
    const after = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(after.gateways[0]?.routes[0]?.stages).toEqual([]);
  });
});

describe('more than ten instances', () => {
  const crowded = async () => {
    const cloud = await simulated();
    for (let index = 0; index < 12; index += 1) {
      cloud.call('CloudAPI', 'CreateInstance', {
        InstanceName: `other-${index}`,
        InstanceSpec: 'api.s1.small',
        ChargeType: 'PostPaid',
        HttpsPolicy: 'HTTPS2_TLS1_0',
        InstanceType: 'normal',
        ZoneId: 'cn-hangzhou-MAZ1(i,j)',
        Token: `t-${index}`,
      });
    }
    return cloud;
  };

  it('hide none of the project, and none that is requested by its ID', async () => {
    const cloud = await crowded();
    const { driver, ctx } = cloud;
    const id = await cloud.link(); // it waits for its state, which the list does not show
    const byMark = await driver.observe({ project: OWNER.project, declared: ['orders'] }, ctx);
    expect(byMark.links.map((link) => link.id)).toContain(id);
    expect(byMark.gaps).toEqual([]);
    const byId = await driver.observe({ links: [id] }, ctx);
    expect(byId.links.map((link) => link.id)).toContain(id);
  });

  it('are a gap where all are requested, or one by its name', async () => {
    const { driver, ctx } = await crowded();
    for (const scope of [{ all: true }, { links: [{ name: 'orders' }] }]) {
      const { gaps } = await driver.observe(scope, ctx);
      expect(gaps).toMatchObject([{ code: 'INCOMPLETE_LIST', of: 'links' }]);
    }
  });
});

it.each([
  [
    { Password: 'x', UserName: 'u' },
    { Password: '(not shown)', UserName: 'u' },
  ],
  [{ a: [{ secretKey: 'x' }] }, { a: [{ secretKey: '(not shown)' }] }],
  [
    { Secret: '', passthrough: 'y', tokenName: 'z' },
    { Secret: '', passthrough: 'y', tokenName: 'z' },
  ],
  // A JSON Web Key; `k` elsewhere is no secret.
  [
    { jwk: { kty: 'oct', k: 'x' }, k: 'y' },
    { jwk: { kty: 'oct', k: '(not shown)' }, k: 'y' },
  ],
  [
    { kty: 'RSA', n: 'public', d: 'x', qi: 'x' },
    { kty: 'RSA', n: 'public', d: '(not shown)', qi: '(not shown)' },
  ],
])('redacted: %j is %j', (value, expected) => {
  expect(redacted(value)).toEqual(expected);
});

describe('what a plug-in refers to', () => {
  it.each([
    [{ routes: [{ backend: { type: 'HTTP-VPC', vpcAccessName: 'a' } }] }, ['a'], []],
    [{ authUriType: 'HTTP-VPC', authUri: { vpcAccessName: '#AUTH#' } }, ['#AUTH#'], []],
    [{ authUriType: 'HTTP', authUri: 'https://auth.internal:8443/check?x=1' }, [], ['auth.internal']],
    [{ backend: { address: 'http://10.0.0.7' } }, [], ['10.0.0.7']],
    [{ condition: '$Path like http:x' }, [], []],
    [null, [], []],
  ])('%j: authorizations %j, hosts %j', (body, vpcAccessNames, addresses) => {
    expect(references(body)).toMatchObject({ vpcAccessNames, addresses });
  });

  it.each<[unknown, readonly string[]]>([
    [{ a: 'say 10.10.40.7 here' }, ['10.10.40.7']],
    [{ allow: '10.10.40.0/24' }, ['10.10.40.0']],
    [{ a: ['172.16.0.9, 172.32.0.9 and 100.64.0.1.'] }, ['172.16.0.9', '100.64.0.1']],
    [{ a: 'to [fd00::7]:80, not 1.10.10.40.7 nor 10.10.40.256 nor v10.2.3' }, ['fd00::7']],
    [{ '10.10.40.7': { weight: 1 } }, ['10.10.40.7']],
    // An address that is the whole text is an endpoint; an address in a condition is one of callers.
    [{ address: 'http://10.10.40.7/x', note: 'that is 10.10.40.7' }, []],
    [{ routes: [{ condition: "$CaClientIp in_cidr '10.10.40.7/32'" }] }, []],
    [{ a: 'say 8.8.4.4 here' }, []],
  ])('%j: in longer texts %j', (body, mentioned) => {
    expect(references(body).mentioned).toEqual(mentioned);
  });
});
