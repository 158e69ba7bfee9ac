// What a team has before it declares VPC links: an internal application load balancer with listeners, healthy servers behind it, and HTTP
// APIs; and the spec of as many links, each with an integration and a route, spread over the APIs.
import { builtNetwork, REGION } from './network.mjs';

const MINUTES = 60_000;
const LISTENERS = 10;
const FIRST_PORT = 8000;

/**
 * @param {{ links: number, apis: number } & import('../../packages/simulator/dist/index.js').SimulateOptions} options
 */
export async function linksWorld({ links, apis, ...options }) {
  const { simulation, elb, http, VpcId, subnetIds, app, targets, group, admit } = builtNetwork(options);
  const [ways, balancer] = [group('links'), group('balancer')];
  admit(balancer, FIRST_PORT, FIRST_PORT + LISTENERS - 1, { UserIdGroupPairs: [{ GroupId: ways }] });
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'orders',
    Type: 'application',
    Scheme: 'internal',
    Subnets: app,
    SecurityGroups: [balancer],
  }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    VpcId,
    Protocol: 'HTTP',
    Port: 8080,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: targets });
  const listeners = Array.from({ length: LISTENERS }, (_, index) => {
    const [{ ListenerArn }] = elb('CreateListener', {
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: FIRST_PORT + index,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }).Listeners;
    return ListenerArn;
  });
  const apiIds = Array.from({ length: apis }, (_, index) => {
    const { ApiId } = http('CreateApi', { Name: `api${index}`, ProtocolType: 'HTTP' });
    http('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    return ApiId;
  });
  await simulation.advance(10 * MINUTES);

  /** One for each link: what it is made of. */
  const parts = Array.from({ length: links }, (_, index) => ({
    name: `link${index}`,
    subnetIds,
    securityGroupIds: [ways],
    apiId: apiIds[index % apis],
    listener: listeners[index % LISTENERS],
    routeKey: `ANY /orders${index}/{proxy+}`,
  }));
  return { simulation, parts, spec: specOf(parts) };
}

/** The spec of these parts, as the file has it. */
function specOf(parts) {
  const each = (make) => Object.fromEntries(parts.map((part) => [part.name, make(part)]));
  return {
    version: 1,
    project: 'bench',
    spec: 'bench-7f3k2q',
    links: each(({ subnetIds: subnets, securityGroupIds: securityGroups }) => ({
      provider: 'aws',
      region: REGION,
      subnets,
      securityGroups,
    })),
    integrations: each(({ name, apiId: httpApi, listener, routeKey }) => ({
      link: name,
      gateway: { httpApi },
      targets: { orders: { listener } },
      routes: { [routeKey]: 'orders' },
    })),
  };
}
