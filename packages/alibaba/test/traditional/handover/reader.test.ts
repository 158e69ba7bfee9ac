import { assess } from '../../../src/traditional/handover/internal.js';
import { describe, expect, it } from 'vitest';
import { definition, publish, SECRET, shop } from './shop.js';

describe('reading a group for a hand-over', () => {
  it('reads what is published, with addresses, apps and plug-ins, and no secret', async () => {
    const { cloud, reader, orders, open, groupId } = await shop();
    const source = await reader.read({ groupId }, cloud.ctx);
    expect(JSON.stringify(source)).not.toContain(SECRET);
    expect(source.stages).toEqual(['RELEASE', 'TEST']);
    const [api] = source.apis.filter(({ id }) => id === orders);
    expect(api?.deployments).toMatchObject([
      {
        stage: 'RELEASE',
        method: 'GET',
        path: '/orders/[id]',
        protocols: ['HTTP', 'HTTPS'],
        auth: 'app',
        forceNonce: true,
        mappings: [{ from: { name: 'id', place: 'path' }, to: { name: 'id', place: 'path' } }],
        backend: { kind: 'vpc', scheme: 'https', accessName: 'orders-vpc', path: '/v2/orders/[id]', timeoutMs: 10_000 },
      },
    ]);
    expect(source.apis.find(({ id }) => id === open)?.deployments).toMatchObject([
      { stage: 'TEST', auth: 'anonymous', backend: { kind: 'http', address: 'http://open.example.com' } },
    ]);
    expect(source.accesses).toMatchObject([
      {
        name: 'orders-vpc',
        port: 8080,
        hostName: 'orders.internal',
        resolved: { is: 'found', address: expect.stringMatching(/^10\.10\./) },
      },
    ]);
    expect(source.apps).toMatchObject([{ name: 'webshop', key: '204000001', secret: 'readable', disabled: false }]);
    expect(source.authorizations).toMatchObject([{ apiId: orders, stage: 'RELEASE' }]);
    expect(source.plugins).toMatchObject([
      { name: 'browsers', type: 'cors', uses: [{ stage: 'RELEASE', apiId: orders }] },
    ]);
    expect(source.instance).toMatchObject({ kind: 'shared' });
  });

  it('reads policies of the older form and where calls are logged, and no key that signs', async () => {
    const { cloud, reader, orders, groupId } = await shop();
    const bound = { GroupId: groupId, ApiIds: orders, StageName: 'RELEASE' };
    const create = (kind: string, input: Readonly<Record<string, unknown>>, apis: string) => {
      const created = cloud.call('CloudAPI', `Create${kind}`, input);
      cloud.call('CloudAPI', apis, { [`${kind}Id`]: created[`${kind}Id`], ...bound });
    };
    const limits = { TrafficControlName: 'limits', TrafficControlUnit: 'MINUTE', ApiDefault: 600, AppDefault: 60 };
    create('TrafficControl', limits, 'SetTrafficControlApis');
    const [control] = cloud.call('CloudAPI', 'DescribeTrafficControls', {}).TrafficControls.TrafficControl;
    const special = {
      TrafficControlId: control.TrafficControlId,
      SpecialType: 'APP',
      SpecialKey: '7',
      TrafficValue: 9,
    };
    cloud.call('CloudAPI', 'AddTrafficSpecialControl', special);
    const IpControlPolicys = [{ CidrIp: '10.0.0.0/8;192.0.2.7' }, { CidrIp: '192.0.2.8', AppId: '7' }];
    const list = { IpControlName: 'office', IpControlType: 'ALLOW', IpControlPolicys };
    create('IpControl', list, 'SetIpControlApis');
    const key = {
      SignatureName: 'backend',
      SignatureKey: 'backendkey',
      SignatureSecret: `a${SECRET}`.replaceAll('-', '_'),
    };
    create('Signature', key, 'SetSignatureApis');
    cloud.call('CloudAPI', 'CreateLogConfig', { LogType: 'PROVIDER', SlsProject: 'logs', SlsLogStore: 'calls' });
    const source = await reader.read({ groupId }, cloud.ctx);
    const uses = [{ stage: 'RELEASE', apiId: orders }];
    expect(source).toMatchObject({
      throttles: [
        {
          name: 'limits',
          unit: 'MINUTE',
          perApi: 600,
          perApp: 60,
          special: [{ kind: 'app', key: '7', limit: 9 }],
          uses,
        },
      ],
      ipControls: [
        {
          name: 'office',
          allows: true,
          entries: [{ block: '10.0.0.0/8' }, { block: '192.0.2.7' }, { block: '192.0.2.8', appId: '7' }],
          uses,
        },
      ],
      signatures: [{ name: 'backend', uses }],
      log: { project: 'logs', store: 'calls' },
      gaps: [],
    });
    expect(JSON.stringify(source)).not.toContain(key.SignatureSecret);
  });

  it('keeps the scheme of what is published where the draft was edited since', async () => {
    const { cloud, reader, orders, groupId } = await shop();
    await cloud.simulation.advance(5000);
    cloud.call('CloudAPI', 'ModifyApi', {
      ApiId: orders,
      ...definition('/orders/[id]', { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders-vpc', VpcScheme: 'HTTP' } }),
    });
    const source = await reader.read({ groupId, stages: ['RELEASE'] }, cloud.ctx);
    const [api] = source.apis.filter(({ id }) => id === orders);
    expect(api?.deployments[0]?.backend).toMatchObject({ scheme: 'https', path: '/v2/orders/[id]' });
    expect(assess(source).items.map(({ code }) => code)).toContain('DRAFT_NEWER');
  });

  it('finds the security groups of a server by its plain address, where it may read servers', async () => {
    const { cloud, reader, groupId } = await shop();
    const { networkId: VpcId } = cloud.world as unknown as { readonly networkId: string };
    const { Instance } = cloud.call('Ecs', 'DescribeInstances', { VpcId }).Instances;
    const [server] = Instance as readonly any[];
    const [address] = server.VpcAttributes.PrivateIpAddress.IpAddress;
    for (const [Name, InstanceId] of [
      ['plain', address],
      ['nobody', '10.10.77.7'],
    ]) {
      cloud.call('CloudAPI', 'SetVpcAccess', { Name, VpcId, InstanceId, Port: 8080 });
      publish(cloud, definition(`/${Name}`, { ServiceVpcEnable: 'TRUE', VpcConfig: { Name, VpcScheme: 'HTTP' } }));
    }
    const groupsOf = async () => {
      const { accesses } = await reader.read({ groupId, stages: ['RELEASE'] }, cloud.ctx);
      return ['plain', 'nobody'].map((name) => {
        const { resolved } = accesses.find((one) => one.name === name) ?? {};
        return resolved?.is === 'found' ? [resolved.address, ...resolved.groupIds] : [];
      });
    };
    const groups = server.SecurityGroupIds.SecurityGroupId;
    expect(await groupsOf()).toEqual([[address, ...groups], ['10.10.77.7']]);
    expect(groups).toHaveLength(1);
    cloud.simulation.faults.add({ service: 'ecs', operation: 'DescribeInstances', kind: 'deny' });
    expect(await groupsOf()).toEqual([[address], ['10.10.77.7']]);
  });

  it('finds a backend that no longer exists', async () => {
    const { cloud, reader, groupId, machine } = await shop();
    cloud.call('Ecs', 'DeleteInstance', { InstanceId: machine?.instance, Force: true });
    const source = await reader.read({ groupId }, cloud.ctx);
    expect(source.accesses[0]?.resolved.is).toBe('absent');
    expect(assess(source).items.map(({ code }) => code)).toContain('BACKEND_ABSENT');
  });

  it('calls six times an API at most', async () => {
    const { cloud, reader, groupId } = await shop();
    for (let at = 0; at < 20; at += 1) {
      publish(
        cloud,
        definition(`/many/${at}`, { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders-vpc', VpcScheme: 'HTTP' } }),
      );
    }
    const before = cloud.simulation.journal().length;
    await reader.read({ groupId }, cloud.ctx);
    const calls = cloud.calledSince(before);
    const perApi = calls.filter((name) =>
      /DescribeApi$|DescribeDeployedApi$|DescribeAuthorizedApps|DescribeHistoryApis|DescribeApiHistory/.test(name),
    );
    expect(perApi.length / 22).toBeLessThanOrEqual(3);
    expect(calls.length - perApi.length).toBeLessThanOrEqual(22);
  });

  it.each<[string, string, string]>([
    ['DescribeDeployedApi', 'apis', 'NOT_READ'],
    ['DescribeInstances', 'instance', 'INSTANCE_NOT_READ'],
    ['DescribeVpcAccesses', 'accesses', 'BACKEND_NOT_READ'],
    ['DescribePlugins', 'plugins', 'NOT_READ'],
    ['DescribeAuthorizedApps', 'authorizations', 'NOT_READ'],
    ['DescribeAppSecurity', 'apps', 'APP_NOT_READ'],
  ])('without %s the part %s is a gap, and what depends on it is unknown', async (operation, part, code) => {
    const { cloud, reader, groupId } = await shop();
    cloud.simulation.faults.add({ service: 'cloudapi', operation, kind: 'deny' });
    const source = await reader.read({ groupId, stages: ['RELEASE'] }, cloud.ctx);
    expect(source.gaps).toContainEqual(expect.objectContaining({ part, code: 'PERMISSION_DENIED' }));
    expect(assess(source).items).toContainEqual(expect.objectContaining({ code, verdict: 'unknown' }));
  });

  it('does not know the address of a server that it may not read', async () => {
    const { cloud, reader, groupId } = await shop();
    cloud.simulation.faults.add({ service: 'ecs', operation: 'DescribeInstances', kind: 'deny' });
    const source = await reader.read({ groupId, stages: ['RELEASE'] }, cloud.ctx);
    expect(source.accesses[0]?.resolved.is).toBe('unknown');
    expect(assess(source).items).toContainEqual(
      expect.objectContaining({ code: 'BACKEND_NOT_READ', verdict: 'unknown' }),
    );
  });

  it('refuses a group that does not exist', async () => {
    const { cloud, reader } = await shop();
    await expect(reader.read({ groupId: '0123456789abcdef0123456789abcdef' }, cloud.ctx)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
