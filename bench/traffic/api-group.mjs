/** An API group of Alibaba Cloud on a VPC integration instance: an API whose backend is an ECS instance. */
export async function builtApiGroup(sim) {
  const region = 'cn-hangzhou';
  const call = (product, action, input) => sim.callAlibaba({ product, action, region }, input);
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const zones = ['j', 'k', 'i'].map((letter, index) => {
    const place = { ZoneId: `${region}-${letter}`, CidrBlock: `10.0.${index + 1}.0/24` };
    const { VSwitchId } = call('Vpc', 'CreateVSwitch', { VpcId, ...place });
    const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId });
    return { ...place, VSwitchId, SecurityGroupId };
  });
  const { VSwitchId, SecurityGroupId } = zones.pop();
  const { InstanceId } = call('CloudAPI', 'CreateInstance', {
    InstanceName: 'orders',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: zones,
    Token: 'orders',
  });
  const server = '10.0.3.10';
  const [serverId] = call('Ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId,
    PrivateIpAddress: server,
  }).InstanceIdSets.InstanceIdSet;
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId,
    IpProtocol: 'tcp',
    PortRange: '8080/8080',
    SourceCidrIp: '10.0.0.0/16',
  });
  await sim.advance(3_600_000);
  call('CloudAPI', 'ModifyInstanceAttribute', {
    InstanceId,
    ToConnectVpcIpBlock: { CidrBlock: '10.0.3.0/24', Customized: true },
    Token: 'block',
  });
  await sim.advance(3_600_000);
  call('CloudAPI', 'SetVpcAccess', { Name: 'orders', VpcId, InstanceId: serverId, Port: 8080 });
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'orders', InstanceId });
  const { ApiId } = call('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: 'orders',
    Visibility: 'PRIVATE',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: '/orders/[id]',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceTimeout: 2000,
      ServicePath: '/orders/[id]',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: 'orders' },
    }),
  });
  call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  await sim.advance(3_600_000);
  return { server, host: `${GroupId}-${region}.alicloudapi.com`, path: '/orders/1' };
}
