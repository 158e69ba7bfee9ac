// One private integration on the simulated AWS, through the packed packages; the same for `import` and `require`.
'use strict';

module.exports = async function smoke({ PrivateIntegrations }, { aws }, { simulate }) {
  const region = 'eu-west-1';
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const { apiGatewayV2, ec2, elasticLoadBalancingV2 } = simulation.clients(region);
  const { Subnets } = await ec2.describeSubnets({});
  const SubnetIds = Subnets.slice(0, 2).map((subnet) => subnet.SubnetId);
  const { SecurityGroups } = await ec2.describeSecurityGroups({});
  const { LoadBalancers } = await elasticLoadBalancingV2.createLoadBalancer({
    Name: 'orders',
    Scheme: 'internal',
    Subnets: SubnetIds,
  });
  const { TargetGroups } = await elasticLoadBalancingV2.createTargetGroup({
    Name: 'orders',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: Subnets[0].VpcId,
  });
  const { Listeners } = await elasticLoadBalancingV2.createListener({
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: TargetGroups[0].TargetGroupArn }],
  });
  const { ApiId } = await apiGatewayV2.createApi({ Name: 'shop', ProtocolType: 'HTTP' });

  const gate = new PrivateIntegrations(aws({ region, clients: simulation.clients(region) }), {
    project: 'shop',
    clock: simulation.clock,
  });
  const link = await gate.ensureLink({
    name: 'orders',
    subnets: SubnetIds,
    securityGroups: [SecurityGroups[0].GroupId],
  });
  const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: Listeners[0].ListenerArn });
  await gate.ensureRoute(ApiId, 'ANY /orders', target);
  const { addresses } = await gate.egress(link);
  if (link.state !== 'ready' || addresses.length !== 2)
    throw new Error(`link ${link.state}, ${addresses.length} addresses`);
};
