// One HTTP API behind a VPC link, and one REST API behind a VPC link V1, with an internal load balancer and healthy servers behind it.
import { builtNetwork, REGION } from './network.mjs';

const MINUTES = 60_000;

/** A load balancer that listens on port 80, and its group of servers. */
function balancer({ elb, VpcId, app, targets }, { type, protocols, ...more }) {
  const Name = 'orders';
  const created = elb('CreateLoadBalancer', { Name, Type: type, Scheme: 'internal', Subnets: app, ...more });
  const [{ LoadBalancerArn }] = created.LoadBalancers;
  const group = { Name, VpcId, Protocol: protocols.group, Port: 8080, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: targets });
  const [{ ListenerArn: listener }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol: protocols.listener,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners;
  return { loadBalancer: LoadBalancerArn, listener };
}

/** The simulation, and what a spec of the gateway is written with. */
export async function httpApi(options) {
  const network = builtNetwork(options);
  const { simulation, http, subnetIds, group, admit } = network;
  const [ways, admitted] = [group('links'), group('balancer')];
  admit(admitted, 80, 80, { UserIdGroupPairs: [{ GroupId: ways }] });
  const protocols = { group: 'HTTP', listener: 'HTTP' };
  const { listener } = balancer(network, { type: 'application', protocols, SecurityGroups: [admitted] });
  const { ApiId } = http('CreateApi', { Name: 'api0', ProtocolType: 'HTTP' });
  http('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  await simulation.advance(10 * MINUTES);
  return {
    simulation,
    link: { provider: 'aws', region: REGION, subnets: subnetIds, securityGroups: [ways] },
    gateway: { httpApi: ApiId },
    targets: { orders: { listener } },
  };
}

/** The same of a REST API. */
export async function restApi(options) {
  const network = builtNetwork(options);
  const { simulation, rest } = network;
  const protocols = { group: 'TCP', listener: 'TCP' };
  const { loadBalancer, listener } = balancer(network, { type: 'network', protocols });
  const { id } = rest('CreateRestApi', { name: 'api0', endpointConfiguration: { types: ['REGIONAL'] } });
  await simulation.advance(10 * MINUTES);
  return {
    simulation,
    link: { provider: 'aws', region: REGION, loadBalancer },
    gateway: { restApi: id, stage: 'prod' },
    targets: { orders: { listener } },
  };
}
