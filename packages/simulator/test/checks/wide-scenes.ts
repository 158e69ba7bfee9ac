import { REGION as CN, type AlibabaStage } from './alibaba/account.js';
import { REGION as EU, type AwsStage } from './aws/account.js';
import { addNat } from '../alibaba/vpc/add-nat.js';
import { addGateway } from './alibaba/apig-gateway.js';
import { edit } from './show.js';

/**
 * Adds readable resources that the scene lacks: a rule with a prefix list, a Cloud Map service with a health check,
 * an ALB listener that decides by rules, a network load balancer whose targets are reached by peering, transit gateway, VPN and line.
 */
export async function widenAws(stage: AwsStage): Promise<AwsStage> {
  const { ec2, elb, call, parts, network, wait, simulation } = stage;
  const list: string = ec2('CreateManagedPrefixList', {
    PrefixListName: 'offices',
    MaxEntries: 2,
    AddressFamily: 'IPv4',
    Entries: [{ Cidr: '10.77.0.0/16' }],
  }).PrefixList.PrefixListId;
  await wait();
  ec2('AuthorizeSecurityGroupIngress', {
    GroupId: parts.groups.balancer,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: list }] }],
  });

  const DomainName = 'orders.shop.example.com';
  const DomainNameConfigurations = [{ CertificateArn: parts.certificate }];
  call('apigatewayv2', 'CreateDomainName', { DomainName, DomainNameConfigurations });
  call('apigatewayv2', 'CreateApiMapping', { DomainName, ApiId: parts.api, Stage: '$default' });

  call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc: parts.vpc });
  await wait();
  const [{ Id: NamespaceId }] = call('servicediscovery', 'ListNamespaces', {}).Namespaces;
  const { Service } = call('servicediscovery', 'CreateService', {
    Name: 'events',
    NamespaceId,
    DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
    HealthCheckCustomConfig: {},
  });
  for (const address of parts.machines) {
    const Attributes = { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: '8080' };
    call('servicediscovery', 'RegisterInstance', { ServiceId: Service.Id, InstanceId: address, Attributes });
  }
  await wait();

  // Where targets outside of the VPC are.
  const peer = network('10.30.0.0/16');
  const asked = ec2('CreateVpcPeeringConnection', { VpcId: parts.vpc, PeerVpcId: peer.vpc }).VpcPeeringConnection;
  await wait();
  ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: asked.VpcPeeringConnectionId });
  const far = network('10.40.0.0/16');
  const { TransitGatewayId } = ec2('CreateTransitGateway', {}).TransitGateway;
  await wait();
  const attach = (VpcId: string, SubnetIds: readonly string[]) =>
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds });
  attach(parts.vpc, [parts.subnets.a, parts.subnets.b]);
  attach(far.vpc, [far.subnet]);
  const { VpnGatewayId } = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
  ec2('AttachVpnGateway', { VpnGatewayId, VpcId: parts.vpc });
  const customer = { Type: 'ipsec.1', BgpAsn: 65_000, IpAddress: '198.51.100.7' };
  const { CustomerGatewayId } = ec2('CreateCustomerGateway', customer).CustomerGateway;
  const Options = { StaticRoutesOnly: true };
  const vpn = ec2('CreateVpnConnection', { Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId, Options }).VpnConnection;
  await wait();
  await wait();
  ec2('CreateVpnConnectionRoute', { VpnConnectionId: vpn.VpnConnectionId, DestinationCidrBlock: '172.30.0.0/16' });
  await wait();
  simulation.plant(EU, { kind: 'vpn-device', vpnConnectionId: vpn.VpnConnectionId, tunnels: 'UP' });
  simulation.plant(EU, { kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces: ['172.31.0.0/16'] });
  const gateway = simulation.plant(EU, { kind: 'direct-connect-gateway' });
  simulation.plant(EU, {
    kind: 'direct-connect-association',
    directConnectGatewayId: gateway,
    gatewayId: VpnGatewayId,
  });
  simulation.plant(EU, { kind: 'virtual-interface', directConnectGatewayId: gateway, announces: ['172.29.0.0/16'] });
  const route = (DestinationCidrBlock: string, hop: object) =>
    ec2('CreateRoute', { RouteTableId: parts.table, DestinationCidrBlock, ...hop });
  route('10.30.0.0/16', { VpcPeeringConnectionId: asked.VpcPeeringConnectionId });
  route('10.40.0.0/16', { TransitGatewayId });
  for (const block of ['172.29.0.0/16', '172.30.0.0/16', '172.31.0.0/16']) route(block, { GatewayId: VpnGatewayId });

  const LoadBalancerArn: string = elb('CreateLoadBalancer', {
    Name: 'far',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [parts.subnets.lbA, parts.subnets.lbB],
    SecurityGroups: [parts.groups.balancer],
  }).LoadBalancers[0].LoadBalancerArn;
  ec2('AuthorizeSecurityGroupIngress', {
    GroupId: parts.groups.balancer,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 444, ToPort: 447, IpRanges: [{ CidrIp: '10.20.0.0/16' }] }],
  });
  // A target group for each path: of several targets of one group only the first unreachable one is reported.
  const away = ['10.30.0.9', '10.40.0.9', '172.29.0.9', '172.30.0.9', '172.31.0.9'];
  for (const [at, Id] of away.entries()) {
    const group = { Name: `far-${at}`, VpcId: parts.vpc, Protocol: 'TCP', Port: 8080, TargetType: 'ip' };
    const { TargetGroupArn } = elb('CreateTargetGroup', group).TargetGroups[0];
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id, AvailabilityZone: 'all' }] });
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port: 443 + at, DefaultActions });
  }
  const ruled = elb('CreateListener', {
    LoadBalancerArn: parts.balancer,
    Protocol: 'HTTPS',
    Port: 8443,
    Certificates: [{ CertificateArn: parts.certificate }],
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  }).Listeners[0].ListenerArn;
  elb('CreateRule', {
    ListenerArn: ruled,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/ruled*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: parts.targetGroup }],
  });
  await wait();
  stage.write(
    /\n {4}routes: .*/,
    `
      events: { service: '${Service.Arn}' }
${away.map((_, at) => `      far-${at}: { listener: { loadBalancer: far, port: ${443 + at} } }`).join('\n')}
      ruled: { listener: { loadBalancer: orders-alb, port: 8443 }, tls: { serverName: orders.shop.example.com } }
    routes: { 'ANY /orders': orders, 'ANY /events': events, ${away.map((_, at) => `'ANY /far-${at}': far-${at}`).join(', ')}, 'ANY /ruled': ruled }`,
  );
  return stage;
}

/**
 * Adds what the scene lacks: a prefix list in a rule, a network ACL, a listener with a vServer group, a peering, a
 * private name, an API that calls a named backend, and a link that does not exist, in a zone that no list contains.
 */
export async function widenAlibaba(stage: AlibabaStage): Promise<AlibabaStage> {
  const { call, parts, link, wait } = stage;
  const { PrefixListId } = call('Ecs', 'CreatePrefixList', {
    PrefixListName: 'offices',
    AddressFamily: 'IPv4',
    MaxEntries: 2,
    Entry: [{ Cidr: '192.0.2.0/24' }],
  });
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: parts.group,
    Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', SourcePrefixListId: PrefixListId, Priority: '2' }],
  });
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { VpcId: parts.vpc, NetworkAclName: 'edge' });
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: [{ Policy: 'accept', Protocol: 'all', Port: '-1/-1', SourceCidrIp: '0.0.0.0/0' }],
    UpdateEgressAclEntries: true,
    EgressAclEntries: [{ Policy: 'accept', Protocol: 'all', Port: '-1/-1', DestinationCidrIp: '0.0.0.0/0' }],
  });
  const { k } = parts.vswitches;
  call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource: [{ ResourceId: k, ResourceType: 'VSwitch' }] });
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.30.0.0/16' });
  call('VpcPeer', 'CreateVpcPeerConnection', { VpcId: parts.vpc, AcceptingVpcId: VpcId, AcceptingRegionId: CN });
  call('CloudAPI', 'CreatePrivateDNS', {
    IntranetDomain: 'orders.internal',
    Type: 'A',
    Records: [{ Record: '10.10.20.9', Weight: 100 }],
  });
  call('CloudAPI', 'AssociateInstanceWithPrivateDNS', { IntranetDomains: ['orders.internal'], InstanceId: link() });
  const [api] = call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup }).ApiSummarys.ApiSummary;
  const PluginData = JSON.stringify({ parameter: 'Authorization', parameterLocation: 'header' });
  const plugin = { PluginName: 'jwt_auth', PluginType: 'jwtAuth', PluginData };
  const { PluginId } = call('CloudAPI', 'CreatePlugin', plugin);
  call('CloudAPI', 'AttachPlugin', { PluginId, ApiId: api.ApiId, GroupId: parts.apiGroup, StageName: 'RELEASE' });
  const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'legacy', BackendType: 'HTTP' });
  call('CloudAPI', 'CreateBackendModel', {
    BackendId,
    BackendType: 'HTTP',
    StageName: 'RELEASE',
    BackendModelData: JSON.stringify({ ServiceAddress: 'http://10.10.20.7:8080', ServiceTimeout: 10_000 }),
  });
  const named = call('CloudAPI', 'CreateApi', {
    GroupId: parts.apiGroup,
    ApiName: 'legacy',
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/legacy' }),
    ServiceConfig: '{}',
    BackendEnable: true,
    BackendId,
  });
  call('CloudAPI', 'DeployApi', {
    GroupId: parts.apiGroup,
    ApiId: named.ApiId,
    StageName: 'RELEASE',
    Description: 'old',
  });
  const machines = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
  const [address] = machines.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress;
  const LoadBalancerId = parts.balancer;
  const { VServerGroupId } = call('Slb', 'CreateVServerGroup', {
    LoadBalancerId,
    VServerGroupName: 'carts',
    BackendServers: JSON.stringify([{ ServerId: parts.machine, Port: '8080', Weight: '100', Type: 'ecs' }]),
  });
  const grouped = { LoadBalancerId, ListenerPort: 81 };
  call('Slb', 'CreateLoadBalancerTCPListener', { ...grouped, VServerGroupId, Bandwidth: -1 });
  call('Slb', 'StartLoadBalancerListener', grouped);
  const { gatewayId, httpApiId } = await addGateway(stage.simulation, {
    region: CN,
    vpcId: parts.vpc,
    vSwitchId: parts.vswitches.j,
  });
  await addNat(stage.simulation, CN, { vpcId: parts.vpc, vSwitchIds: [parts.vswitches.j] });
  edit(stage.simulation, ({ id }) => id === parts.vswitches.spare, { zoneId: `${CN}-b` });
  stage.write(
    'integrations:',
    `  more:
    provider: alibaba
    region: ${CN}
    subnets: [${parts.vswitches.spare}]
    securityGroups: [${parts.group}]
    instanceCidr: 192.168.0.0/16
    spec: api.s1.small
  edge:
    provider: alibaba
    region: ${CN}
    kind: apig-gateway
    id: ${gatewayId}
    allowlist: [{ group: ${parts.group} }]
integrations:
  edge:
    link: edge
    gateway: { apigHttpApi: ${httpApiId} }
    targets: { carts: { address: 10.10.20.7, port: 8080 }, partner: { address: 47.1.2.3, port: 443 } }
    routes: { 'GET /carts': carts, 'GET /partner': partner }`,
  );
  stage.write(
    /\n {4}routes: { 'ANY \/orders'.*/,
    `\n      plain: { address: ${address}, port: 8080 }\n      carts: { instance: ${parts.balancer}, port: 81 }$&`,
  );
  await wait();
  return stage;
}
