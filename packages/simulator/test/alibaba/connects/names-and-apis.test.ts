import { describe, expect, it } from 'vitest';
import { connectedWorld, type World } from './world.js';
import { SERVER } from './verdict.js';

type Fields = Readonly<Record<string, unknown>>;

const request = (RequestPath: string) =>
  JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath });

/** The world with a conventional instance, and a group on the integration instance. */
async function prepared() {
  const world = await connectedWorld();
  const { cloud } = world;
  const { Zones } = cloud.cloudapi('DescribeZones') as { Zones?: { Zone: { ZoneId: string }[] } };
  const { InstanceId: plain = '' } = cloud.cloudapi('CreateInstance', {
    InstanceName: 'plain',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'normal',
    ZoneId: Zones?.Zone.find(({ ZoneId }) => ZoneId.includes('('))?.ZoneId,
    Token: 'plain',
  }) as { InstanceId?: string };
  await cloud.sim.advance(60 * 60_000);
  const SourceCidrIp = '100.104.0.0/16';
  cloud.ecs('AuthorizeSecurityGroup', {
    SecurityGroupId: world.groups.server,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp,
  });
  const { GroupId = '' } = cloud.cloudapi('CreateApiGroup', { GroupName: 'shop', InstanceId: world.linkId }) as {
    GroupId?: string;
  };
  return { world, plain, GroupId };
}

function api({ cloud }: World, GroupId: string, path: string, more: Fields): string {
  const ServiceConfig = { ServiceProtocol: 'HTTP', ServiceVpcEnable: 'FALSE', ...more };
  const { ApiId = '' } = cloud.cloudapi('CreateApi', {
    GroupId,
    ApiName: path.slice(1),
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    RequestConfig: request(path),
    ServiceConfig: JSON.stringify(ServiceConfig),
    ...('BackendEnable' in more ? more : {}),
  }) as { ApiId?: string };
  return ApiId;
}

const decided = (
  { cloud }: World,
  link: string,
  to: Parameters<World['cloud']['sim']['connects']>[1],
  port?: number,
) => {
  const { connects, by, because } = cloud.sim.connects(link, to, port);
  expect(because).not.toBe('');
  return connects ? 'yes' : `no: ${by}`;
};

describe('what an instance calls', () => {
  it('by a private name is resolved by the records attached to it', async () => {
    const { world, plain } = await prepared();
    const { cloud, linkId } = world;
    cloud.cloudapi('CreatePrivateDNS', { IntranetDomain: 'orders.internal', Type: 'A', Records: [{ Record: SERVER }] });
    expect(decided(world, linkId, 'orders.internal', 80)).toBe('no: name');
    cloud.cloudapi('AssociateInstanceWithPrivateDNS', { IntranetDomains: ['orders.internal'], InstanceId: linkId });
    expect(decided(world, linkId, 'orders.internal', 80)).toBe('yes');
    expect(decided(world, linkId, 'orders.internal', 81)).toBe('no: security-group-in');
    expect(decided(world, plain, 'orders.internal', 80)).toBe('no: name');
    const Records = [{ Record: SERVER }, { Record: '10.0.3.99' }];
    cloud.cloudapi('UpdatePrivateDNS', { IntranetDomain: 'orders.internal', Type: 'A', Records });
    const all = cloud.sim.connects(linkId, 'orders.internal', 80);
    expect([all.connects, all.by]).toEqual([false, 'target']);
    expect(new Set(all.sources.map(({ to }) => to))).toEqual(new Set([SERVER, '10.0.3.99']));
    expect(decided(world, linkId, 'unknown.internal', 80)).toBe('no: target');
  });

  it('by a private name is an authorization, on a conventional instance', async () => {
    const { world, plain } = await prepared();
    const { cloud, vpcId: VpcId, serverId: InstanceId } = world;
    cloud.cloudapi('SetVpcAccess', {
      Name: 'orders',
      VpcId,
      InstanceId,
      Port: 80,
      VpcTargetHostName: 'orders.internal',
    });
    cloud.cloudapi('CreatePrivateDNS', {
      IntranetDomain: 'orders.internal',
      Type: 'VPC',
      Records: [{ Record: 'orders' }],
    });
    expect(decided(world, plain, 'orders.internal')).toBe('no: name');
    cloud.cloudapi('AssociateInstanceWithPrivateDNS', { IntranetDomains: ['orders.internal'], InstanceId: plain });
    expect(decided(world, plain, 'orders.internal')).toBe('yes');
    expect(decided(world, plain, 'orders.internal', 81)).toBe('no: authorization');
  });

  it('for an API is all that its draft and its published definitions call', async () => {
    const { world, plain, GroupId } = await prepared();
    const { cloud, linkId, vpcId: VpcId, serverId } = world;
    const targetId = api(world, GroupId, '/orders', { ServiceAddress: `http://${SERVER}` });
    expect(decided(world, linkId, { targetId })).toBe('yes');
    expect(decided(world, plain, { targetId })).toBe('no: authorization');
    cloud.cloudapi('SetVpcAccess', { Name: 'orders', VpcId, InstanceId: serverId, Port: 80 });
    // An authorization of the address has no effect for an API that does not name it.
    expect(decided(world, plain, SERVER, 80)).toBe('yes');
    expect(decided(world, plain, { targetId })).toBe('no: authorization');
    const change = (ServiceConfig: Fields) =>
      cloud.cloudapi('ModifyApi', {
        ApiId: targetId,
        ApiName: 'orders',
        Visibility: 'PRIVATE',
        AuthType: 'APP',
        RequestConfig: request('/orders'),
        ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ...ServiceConfig }),
      });
    change({ ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders' } });
    cloud.cloudapi('DeployApi', { GroupId, ApiId: targetId, StageName: 'RELEASE', Description: 'd' });
    expect(decided(world, plain, { targetId })).toBe('yes');
    change({ ServiceVpcEnable: 'FALSE', ServiceAddress: `http://${SERVER}:81` });
    expect(decided(world, linkId, { targetId })).toBe('no: security-group-in');
    // What is published is called, too, whatever the draft contains.
    cloud.cloudapi('DeployApi', { GroupId, ApiId: targetId, StageName: 'RELEASE', Description: 'd' });
    change({ ServiceVpcEnable: 'FALSE', ServiceAddress: `http://${SERVER}` });
    expect(decided(world, linkId, { targetId })).toBe('no: security-group-in');
    cloud.cloudapi('AbolishApi', { GroupId, ApiId: targetId, StageName: 'RELEASE' });
    expect(decided(world, linkId, { targetId })).toBe('yes');
    change({ ServiceVpcEnable: 'FALSE', ServiceAddress: 'https://www.example.com/' });
    expect(decided(world, linkId, { targetId })).toBe('yes');
    change({ ServiceVpcEnable: 'TRUE', VpcConfig: { Name: '#NOT_SET#' } });
    expect(decided(world, linkId, { targetId })).toBe('no: authorization');
    const other = api(world, GroupId, '/public', { ServiceAddress: 'https://www.example.com/' });
    expect(cloud.sim.connects(linkId, { targetId: other })).toEqual({
      connects: true,
      by: 'target',
      because: 'It calls nothing in a VPC.',
      sources: [],
    });
  });

  it('for an API with stage variables follows their values, stage by stage', async () => {
    const { world, GroupId } = await prepared();
    const { cloud, linkId } = world;
    const { StageItems } = cloud.cloudapi('DescribeApiGroup', { GroupId }) as {
      StageItems?: { StageInfo: { StageId: string; StageName: string }[] };
    };
    const targetId = api(world, GroupId, '/variable', { ServiceAddress: 'http://#host#:80' });
    const set = (StageName: string, VariableValue: string) => {
      const StageId = StageItems?.StageInfo.find((one) => one.StageName === StageName)?.StageId;
      cloud.cloudapi('CreateApiStageVariable', { GroupId, StageId, VariableName: 'host', VariableValue });
    };
    set('RELEASE', SERVER);
    expect(decided(world, linkId, { targetId })).toBe('yes');
    set('PRE', '10.0.9.9');
    expect(decided(world, linkId, { targetId })).toBe('no: accessible-blocks');
  });

  it('for an API that finds its servers in a registry is the registry, which only an integration instance calls', async () => {
    const { world, plain, GroupId } = await prepared();
    const { cloud, linkId } = world;
    const BackendType = 'DISCOVERY';
    const { BackendId } = cloud.cloudapi('CreateBackend', { BackendName: 'registry', BackendType }) as {
      BackendId?: string;
    };
    const config = { RcType: 'nacos', NacosConfig: { ServerAddress: `${SERVER}:80`, ServiceName: 'orders' } };
    const BackendModelData = JSON.stringify({ DiscoveryConfig: config, ServiceTimeout: 10_000 });
    cloud.cloudapi('CreateBackendModel', { BackendId, BackendType, StageName: 'RELEASE', BackendModelData });
    const targetId = api(world, GroupId, '/found', { BackendEnable: true, BackendId });
    expect(decided(world, linkId, { targetId })).toBe('yes');
    expect(decided(world, plain, { targetId })).toBe('no: authorization');
    cloud.ecs('StopInstance', { InstanceId: world.serverId });
    await cloud.sim.advance(60 * 60_000);
    expect(decided(world, linkId, { targetId })).toBe('no: target');
  });
});
