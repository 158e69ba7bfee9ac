// The same on Alibaba Cloud: a VPC with two private vSwitches for the link and one for the service, an internal CLB in front
// of a server, and an API group. Built with the official generic client, which speaks to every product.
import openApi from '@alicloud/openapi-client';

const VERSIONS = {
  vpc: '2016-04-28',
  ecs: '2014-05-26',
  slb: '2014-05-15',
  cloudapi: '2016-07-14',
  alidns: '2015-01-09',
};
// ES modules find the class of a CommonJS package in `default` or in its `default`.
const Client = openApi.default ?? openApi;

/** A function for calls: `call('vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16' })` answers with the body. */
export function client({ endpoint, region, accessKeyId, accessKeySecret }) {
  const { host, protocol } = new URL(endpoint);
  const scheme = protocol.replace(':', '');
  const generic = new Client({ endpoint: host, protocol: scheme, regionId: region, accessKeyId, accessKeySecret });
  return async (product, action, parameters = {}) => {
    const { body } = await generic.callApi(
      {
        action,
        version: VERSIONS[product],
        protocol: scheme,
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      },
      { query: flatten({ RegionId: region, ...parameters }) },
      { readTimeout: 10_000, connectTimeout: 10_000, autoretry: false },
    );
    return body;
  };
}

/** Makes the network and answers with its ids. `tell` is told each thing that was made. */
export async function buildNetwork(call, tell) {
  const { VpcId: vpc } = await call('vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: 'quickstart' });
  tell('VPC', vpc, '10.0.0.0/16');
  await until(async () => (await call('vpc', 'DescribeVpcAttribute', { VpcId: vpc })).Status === 'Available');
  const subnets = [];
  for (const [name, zone, block] of [
    ['quickstart-private-a', 'cn-hangzhou-j', '10.0.1.0/24'],
    ['quickstart-private-b', 'cn-hangzhou-k', '10.0.2.0/24'],
    ['quickstart-services', 'cn-hangzhou-j', '10.0.8.0/24'],
  ]) {
    const made = { VpcId: vpc, ZoneId: zone, CidrBlock: block, VSwitchName: name };
    const { VSwitchId: subnet } = await call('vpc', 'CreateVSwitch', made);
    await until(
      async () => (await call('vpc', 'DescribeVSwitchAttributes', { VSwitchId: subnet })).Status === 'Available',
    );
    tell('vSwitch', subnet, `${block} in ${zone}`);
    subnets.push(subnet);
  }
  const groups = [];
  for (const name of ['quickstart-link', 'quickstart-orders']) {
    const { SecurityGroupId } = await call('ecs', 'CreateSecurityGroup', { VpcId: vpc, SecurityGroupName: name });
    groups.push(SecurityGroupId);
  }
  const [link, orders] = groups;
  await call('ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: orders,
    IpProtocol: 'TCP',
    PortRange: '8080/8080',
    SourceCidrIp: '10.0.0.0/16',
  });
  tell('security group', link, 'for the link');
  tell('security group', orders, 'allows inbound tcp 8080 from the VPC');

  const { InstanceIdSets } = await call('ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
    InstanceType: 'ecs.g7.large',
    InstanceName: 'quickstart-orders',
    VSwitchId: subnets[2],
    SecurityGroupId: orders,
  });
  const server = InstanceIdSets.InstanceIdSet[0];
  const described = { InstanceIds: JSON.stringify([server]) };
  await until(async () => {
    const { Instances } = await call('ecs', 'DescribeInstances', described);
    return Instances.Instance[0]?.Status === 'Running';
  });
  tell('server', server, 'the orders service, on port 8080');
  const { LoadBalancerId: balancer } = await call('slb', 'CreateLoadBalancer', {
    LoadBalancerName: 'quickstart-orders',
    AddressType: 'intranet',
    VpcId: vpc,
    VSwitchId: subnets[2],
    LoadBalancerSpec: 'slb.s2.small',
  });
  await call('slb', 'AddBackendServers', {
    LoadBalancerId: balancer,
    BackendServers: JSON.stringify([{ ServerId: server, Weight: '100' }]),
  });
  await call('slb', 'CreateLoadBalancerHTTPListener', {
    LoadBalancerId: balancer,
    ListenerPort: 80,
    BackendServerPort: 8080,
    Bandwidth: -1,
    StickySession: 'off',
    HealthCheck: 'on',
    HealthCheckURI: '/health',
    HealthyThreshold: 2,
    UnhealthyThreshold: 2,
    HealthCheckTimeout: 5,
    HealthCheckInterval: 2,
  });
  await call('slb', 'StartLoadBalancerListener', { LoadBalancerId: balancer, ListenerPort: 80 });
  tell('load balancer', balancer, 'internal, listens on port 80');

  const { GroupId: group } = await call('cloudapi', 'CreateApiGroup', { GroupName: 'quickstart' });
  tell('API group', group, 'without APIs');
  return { vpc, subnets, groups, server, balancer, group };
}

/** Removes what `buildNetwork` made. */
export async function removeNetwork(call, { vpc, subnets, groups, server, balancer, group }) {
  await call('cloudapi', 'DeleteApiGroup', { GroupId: group });
  await call('slb', 'DeleteLoadBalancer', { LoadBalancerId: balancer });
  await call('ecs', 'DeleteInstance', { InstanceId: server, Force: true });
  // Interfaces of what is deleted go a little later than itself.
  for (const id of groups) await again(() => call('ecs', 'DeleteSecurityGroup', { SecurityGroupId: id }));
  for (const id of subnets) await again(() => call('vpc', 'DeleteVSwitch', { VSwitchId: id }));
  await again(() => call('vpc', 'DeleteVpc', { VpcId: vpc }));
}

/** Parameters as the wire has them: texts. */
function flatten(parameters) {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)]));
}

/** Waits until it is so. */
export async function until(done) {
  for (let attempt = 1; !(await done()); attempt += 1) {
    if (attempt === 200) throw new Error('it is still not ready');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Tries until what stands in the way is gone. */
export async function again(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!/DependencyViolation|IncorrectStatus|IncorrectVSwitchStatus|InUse/.test(error.code ?? '') || attempt === 40)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
