// A REST API as teams have built them for years: a VPC link V1 to a Network Load Balancer, in front of the orders service.
import { until } from './network-alibaba.mjs';

const BLOCKS = ['10.0.1.0/24', '10.0.2.0/24'];

/** Makes the API with what it needs, in the network of `buildNetwork`, and answers with its parts. `tell` is called for each. */
export async function buildRestApi({ ec2, balancing, rest }, { vpc, subnets, groups }, tell) {
  const [serviceGroup] = groups;
  const IpRanges = BLOCKS.map((CidrIp) => ({ CidrIp }));
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges }];
  await ec2.authorizeSecurityGroupIngress({ GroupId: serviceGroup, IpPermissions });

  const { LoadBalancers } = await balancing.createLoadBalancer({
    Name: 'quickstart-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: subnets.slice(0, 2),
  });
  const [{ LoadBalancerArn: balancer, DNSName: name }] = LoadBalancers;
  const { TargetGroups } = await balancing.createTargetGroup({
    Name: 'quickstart-nlb',
    Protocol: 'TCP',
    Port: 8080,
    VpcId: vpc,
    TargetType: 'ip',
  });
  const targetGroup = TargetGroups[0].TargetGroupArn;
  await balancing.registerTargets({ TargetGroupArn: targetGroup, Targets: [{ Id: '10.0.1.10' }, { Id: '10.0.2.10' }] });
  const { Listeners } = await balancing.createListener({
    LoadBalancerArn: balancer,
    Protocol: 'TCP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  });
  await until(async () => {
    const { LoadBalancers: rows } = await balancing.describeLoadBalancers({ LoadBalancerArns: [balancer] });
    return rows[0].State.Code === 'active';
  });
  tell('load balancer', 'quickstart-nlb', 'internal, a Network Load Balancer on port 80');

  const { id: vpcLinkId } = await rest.createVpcLink({ name: 'quickstart-v1', targetArns: [balancer] });
  await until(async () => (await rest.getVpcLink({ vpcLinkId })).status === 'AVAILABLE');
  tell('VPC link V1', vpcLinkId, 'leads to quickstart-nlb');

  const { id: restApiId } = await rest.createRestApi({
    name: 'legacy',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const { items } = await rest.getResources({ restApiId });
  const { id: resourceId } = await rest.createResource({ restApiId, parentId: items[0].id, pathPart: 'orders' });
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await rest.putMethod({ ...method, authorizationType: 'NONE' });
  await rest.putIntegration({
    ...method,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    uri: `http://${name}/orders`,
    connectionType: 'VPC_LINK',
    connectionId: vpcLinkId,
  });
  await rest.createDeployment({ restApiId, stageName: 'prod' });
  tell('REST API', restApiId, 'GET /orders, deployed to prod');
  return { restApi: restApiId, link: vpcLinkId, balancer, targetGroup, listener: Listeners[0].ListenerArn };
}

/** Removes what `buildRestApi` made. */
export async function removeRestApi({ balancing, rest }, { restApi, link, balancer, targetGroup, listener }) {
  await rest.deleteRestApi({ restApiId: restApi });
  await rest.deleteVpcLink({ vpcLinkId: link });
  await until(async () => !(await rest.getVpcLinks({})).items.some(({ id }) => id === link));
  await balancing.deleteListener({ ListenerArn: listener });
  await balancing.deleteLoadBalancer({ LoadBalancerArn: balancer });
  await balancing.deleteTargetGroup({ TargetGroupArn: targetGroup });
}
