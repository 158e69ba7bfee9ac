// The part of an account that the spec names: two subnets, a load balancer with a server, an HTTP API.

/** Makes it by calls of AWS, and returns the variables of the spec. */
export async function buildAccount(simulation, region) {
  const call = (service, operation, input = {}) => simulation.call({ service, operation, region }, input);
  const named = (Resources, Value) => call('ec2', 'CreateTags', { Resources, Tags: [{ Key: 'Name', Value }] });
  const [a, b] = call('ec2', 'DescribeSubnets').Subnets;
  named([a.SubnetId], 'private-a');
  named([b.SubnetId], 'private-b');
  const [group] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const elb = (operation, input) => call('elasticloadbalancingv2', operation, input);
  const balancer = {
    Name: 'orders',
    Scheme: 'internal',
    Subnets: [a.SubnetId, b.SubnetId],
    SecurityGroups: [group.GroupId],
  };
  const { LoadBalancerArn } = elb('CreateLoadBalancer', balancer).LoadBalancers[0];
  const launch = { ImageId: 'ami-0a1b2c3d4e5f60718', MinCount: 1, MaxCount: 1, SubnetId: a.SubnetId };
  const [server] = call('ec2', 'RunInstances', launch).Instances;
  const forward = { Name: 'orders', Protocol: 'HTTP', Port: 8080, VpcId: a.VpcId, TargetType: 'ip' };
  const { TargetGroupArn } = elb('CreateTargetGroup', forward).TargetGroups[0];
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: server.PrivateIpAddress }] });
  const actions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: actions });
  const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  await simulation.advance(600_000); // until the load balancer is active
  return { ORDERS_API: ApiId };
}
