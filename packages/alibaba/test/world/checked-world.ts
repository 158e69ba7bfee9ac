import { roaOf } from '../../../simulator/test/alibaba/apig/roa.js';
import { addNat } from '../../../simulator/test/alibaba/vpc/add-nat.js';
import { LEAF } from '../../../simulator/test/aws/acm/pem.js';
import type { Driver } from '@postern/core/internal/library';
import { OWNER, REGION, simulated } from './simulated.js';
import { groupRef, instanceRef } from './refs.js';

/** The simulated region of the other tests, with one of everything that checks read. */
export async function checkedWorld(options: Parameters<typeof simulated>[0] = {}) {
  const cloud = await simulated(options);
  const { call, world, simulation, ctx, driver } = cloud;
  const [j = '', k = ''] = world.subnetIds;
  const [group = ''] = world.securityGroupIds;
  const vpc = world.networkId;

  const { PrefixListId } = call('Ecs', 'CreatePrefixList', {
    PrefixListName: 'offices',
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entry: [{ Cidr: '192.0.2.0/24' }, { Cidr: '198.51.100.0/24' }],
  });
  const enterprise: string = call('Ecs', 'CreateSecurityGroup', {
    VpcId: vpc,
    SecurityGroupName: 'advanced',
    SecurityGroupType: 'enterprise',
  }).SecurityGroupId;
  const other: string = call('Ecs', 'CreateSecurityGroup', { VpcId: vpc, SecurityGroupName: 'other' }).SecurityGroupId;
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: group,
    Permissions: [
      { IpProtocol: 'TCP', PortRange: '80/80', SourceCidrIp: '10.10.0.0/16', Priority: '5', Description: 'calls' },
      { IpProtocol: 'TCP', PortRange: '8080/8090', SourceGroupId: other, Priority: '2' },
      { IpProtocol: 'ALL', PortRange: '-1/-1', SourcePrefixListId: PrefixListId, Policy: 'Drop', Priority: '1' },
    ],
  });
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { VpcId: vpc, NetworkAclName: 'edge' });
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: [
      { Policy: 'drop', Protocol: 'tcp', Port: '22/22', SourceCidrIp: '0.0.0.0/0' },
      { Policy: 'accept', Protocol: 'all', Port: '-1/-1', SourceCidrIp: '0.0.0.0/0' },
    ],
    UpdateEgressAclEntries: true,
    EgressAclEntries: [{ Policy: 'accept', Protocol: 'all', Port: '-1/-1', DestinationCidrIp: '0.0.0.0/0' }],
  });
  call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource: [{ ResourceId: k, ResourceType: 'VSwitch' }] });
  const { RouteTableId } = call('Vpc', 'CreateRouteTable', { VpcId: vpc, RouteTableName: 'own' });
  call('Vpc', 'AssociateRouteTable', { RouteTableId, VSwitchId: k });
  const peering: string = call('VpcPeer', 'CreateVpcPeerConnection', {
    VpcId: vpc,
    AcceptingVpcId: world.elsewhere.networkId,
    AcceptingRegionId: REGION,
  }).InstanceId;
  const route = (DestinationCidrBlock: string, NextHopType: string, NextHopId: string) =>
    call('Vpc', 'CreateRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopType, NextHopId });
  route('10.11.0.0/16', 'VpcPeer', peering);
  route('10.50.0.0/16', 'VpnGateway', 'vpn-bp1example');
  route('10.60.0.0/16', 'RouterInterface', 'ri-bp1example');

  const [machine = '', second = ''] = call('Ecs', 'RunInstances', {
    Amount: 2,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: j,
    SecurityGroupId: group,
  }).InstanceIdSets.InstanceIdSet as string[];
  const balancer = (world.targets[0] as { instance: string }).instance;
  const { AclId } = call('Slb', 'CreateAccessControlList', { AclName: 'callers' });
  call('Slb', 'AddAccessControlListEntry', {
    AclId,
    AclEntrys: JSON.stringify([{ entry: '10.10.0.0/16', comment: 'gateway' }]),
  });
  call('Slb', 'AddBackendServers', {
    LoadBalancerId: balancer,
    BackendServers: JSON.stringify([
      { ServerId: machine, Weight: '100', Type: 'ecs' },
      { ServerId: second, Weight: '0', Type: 'ecs' },
    ]),
  });
  call('Slb', 'SetLoadBalancerTCPListenerAttribute', {
    LoadBalancerId: balancer,
    ListenerPort: 80,
    AclStatus: 'on',
    AclType: 'white',
    AclId,
  });
  call('Slb', 'CreateLoadBalancerHTTPSListener', {
    LoadBalancerId: balancer,
    ListenerPort: 8443,
    BackendServerPort: 8080,
    Bandwidth: -1,
    ServerCertificateId: 'cert-1',
    HealthCheck: 'off',
  });
  const { VServerGroupId } = call('Slb', 'CreateVServerGroup', {
    LoadBalancerId: balancer,
    VServerGroupName: 'carts',
    BackendServers: JSON.stringify([
      { ServerId: machine, Port: '8080', Weight: '0', Type: 'ecs' },
      { ServerId: second, Port: '8081', Weight: '100', Type: 'ecs' },
    ]),
  });
  const grouped = { LoadBalancerId: balancer, ListenerPort: 81 };
  call('Slb', 'CreateLoadBalancerTCPListener', { ...grouped, VServerGroupId, Bandwidth: -1 });
  call('Slb', 'StartLoadBalancerListener', grouped);
  await simulation.advance(600_000);

  const linkId = await cloud.link();
  const target = await driver.targetResources.create(
    instanceRef(linkId),
    world.targets[0] ?? { instance: '', port: 0 },
    OWNER,
    ctx,
  );
  const request = { gateway: groupRef(world.gateway.id), link: instanceRef(linkId), owner: OWNER, stages: ['RELEASE'] };
  const open = await driver.routes.create({ ...request, key: 'GET /open', use: { target, path: 'keep' } }, ctx);
  const guarded = await driver.routes.create({ ...request, key: 'GET /guarded', use: { target, path: 'keep' } }, ctx);
  const plugin = (PluginName: string, PluginType: string, PluginData: object): string =>
    call('CloudAPI', 'CreatePlugin', { PluginName, PluginType, PluginData: JSON.stringify(PluginData) }).PluginId;
  const jwt = plugin('jwt_auth', 'jwtAuth', { parameter: 'Authorization', parameterLocation: 'header' });
  call('CloudAPI', 'AttachPlugin', {
    PluginId: jwt,
    ApiId: guarded.id,
    GroupId: world.gateway.id,
    StageName: 'RELEASE',
  });
  const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'legacy', BackendType: 'HTTP' });
  call('CloudAPI', 'CreateBackendModel', {
    BackendId,
    BackendType: 'HTTP',
    StageName: 'RELEASE',
    BackendModelData: JSON.stringify({ ServiceAddress: 'http://10.10.0.20:80', ServiceTimeout: 10_000 }),
  });
  const { ApiId } = call('CloudAPI', 'CreateApi', {
    GroupId: world.gateway.id,
    ApiName: 'named_backend',
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: '/legacy',
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP' }),
    BackendEnable: true,
    BackendId,
  });
  call('CloudAPI', 'DeployApi', { GroupId: world.gateway.id, ApiId, StageName: 'RELEASE', Description: 'd' });
  call('CloudAPI', 'CreatePrivateDNS', {
    IntranetDomain: 'orders.internal',
    Type: 'A',
    Records: [{ Record: '10.10.0.20', Weight: 100 }],
  });
  call('CloudAPI', 'AssociateInstanceWithPrivateDNS', {
    IntranetDomains: ['orders.internal'],
    InstanceId: linkId,
  });
  const domain = { GroupId: world.gateway.id, DomainName: 'shop.orders.internal' };
  call('CloudAPI', 'SetDomain', { ...domain, BindStageName: 'RELEASE', IsHttpRedirectToHttps: true });
  const certificate = { CertificateBody: LEAF.certificate, CertificatePrivateKey: LEAF.key };
  call('CloudAPI', 'SetDomainCertificate', { ...domain, CertificateName: 'own', ...certificate });
  const ids = { balancer, machine, second, other, enterprise, peering, acl: NetworkAclId, accessList: AclId };
  return {
    ...cloud,
    ids: { ...ids, group, j, k, vpc, list: PrefixListId, table: RouteTableId },
    linkId,
    open,
    guarded,
  };
}

/** The same with a gateway of Cloud-native API Gateway. */
export async function wholeWorld(options: Parameters<typeof simulated>[0] = {}) {
  const cloud = await checkedWorld(options);
  return { ...cloud, cloudNative: await addCloudNative(cloud, cloud.ids.other) };
}

/** A gateway of Cloud-native API Gateway that a group admits, with a NAT gateway, a service, and an HTTP API with a route. */
async function addCloudNative(
  { simulation, driver, ctx, request, world }: Awaited<ReturnType<typeof simulated>>,
  group: string,
) {
  const made = await roaOf(simulation, REGION)('POST', '/v1/http-apis', { name: 'shop', type: 'Http' });
  const { httpApiId: id } = made['data'] as { httpApiId: string };
  const link = await driver.links.create('apig-gateway', request({ securityGroupIds: [], native: {} }), ctx);
  const [first = '', ...others] = world.subnetIds;
  await addNat(simulation, REGION, { vpcId: world.networkId, vSwitchIds: [first, ...others] });
  await simulation.advance(300_000);
  const rule = {
    cidrBlock: '0.0.0.0/0',
    securityGroupId: group,
    protocol: 'tcp',
    fromPort: 8080,
    toPort: 8080,
  } as const;
  await driver.allowlist.allow(link, [rule], ctx);
  const target = await driver.targetResources.create(link, { address: '10.10.0.30', port: 8080 }, OWNER, ctx);
  const gateway = { kind: 'apig-http-api', id } as const;
  const route = { gateway, link, owner: OWNER, key: 'GET /orders', use: { target, path: 'overwrite' } } as const;
  await driver.routes.create(route, ctx);
  return { gatewayId: link.id, apiId: id };
}

/** Everything that there is, with what checks read. */
export const EVERYTHING = { all: true, checks: true } satisfies Parameters<Driver['observe']>[0];
