// REST APIs and the network load balancers that their VPC links V1 lead to; and the spec of the links, and of as many methods in each API,
// each at a resource of its own.
import { builtNetwork, REGION } from './network.mjs';

const MINUTES = 60_000;

/**
 * @param {{ links: number, apis: number, resources: number } & import('../../packages/simulator/dist/index.js').SimulateOptions} options
 */
export async function restWorld({ links, apis, resources, ...options }) {
  const { simulation, elb, rest, VpcId, app, targets } = builtNetwork(options);
  const balancers = Array.from({ length: links }, (_, index) => {
    const Name = `orders${index}`;
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
      Name,
      Type: 'network',
      Scheme: 'internal',
      Subnets: app,
    }).LoadBalancers;
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
      Name,
      VpcId,
      Protocol: 'TCP',
      Port: 8080,
      TargetType: 'ip',
    }).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: targets });
    const [{ ListenerArn }] = elb('CreateListener', {
      LoadBalancerArn,
      Protocol: 'TCP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }).Listeners;
    return { name: Name, balancer: LoadBalancerArn, listener: ListenerArn };
  });
  const restApis = Array.from(
    { length: apis },
    (_, index) => rest('CreateRestApi', { name: `api${index}`, endpointConfiguration: { types: ['REGIONAL'] } }).id,
  );
  await simulation.advance(10 * MINUTES);
  const routes = Object.fromEntries(Array.from({ length: resources }, (_, index) => [`GET /orders${index}`, 'orders']));
  const integrations = restApis.map((restApi, index) => {
    const { name: link, listener } = balancers[index % links];
    return [`api${index}`, { link, gateway: { restApi, stage: 'prod' }, targets: { orders: { listener } }, routes }];
  });
  const spec = {
    version: 1,
    project: 'bench',
    spec: 'bench-7f3k2q',
    links: Object.fromEntries(
      balancers.map(({ name, balancer: loadBalancer }) => [name, { provider: 'aws', region: REGION, loadBalancer }]),
    ),
    integrations: Object.fromEntries(integrations),
  };
  return { simulation, spec };
}
