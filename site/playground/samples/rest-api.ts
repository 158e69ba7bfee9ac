import type { Simulation } from '@postern/simulator';
import { buildNetwork, type clients } from '../../../examples/rest-v1/network.mjs';

/** The network of examples/rest-v1, the spec of its V1 link, and one that declares a V2 link in place of it. */
export async function restApi(simulation: Simulation, region: string) {
  const { ec2, elasticLoadBalancingV2, apiGateway } = simulation.clients(region);
  const balancing = Object.create(elasticLoadBalancingV2, {
    // The network waits until its load balancer is active: time passes while it looks.
    describeLoadBalancers: {
      value: async (input: object) => {
        await simulation.advance(600_000);
        return elasticLoadBalancingV2.describeLoadBalancers(input);
      },
    },
  }) as typeof elasticLoadBalancingV2;
  const parts = { ec2, balancing, rest: apiGateway } as unknown as ReturnType<typeof clients>;
  const { restApi: api } = await buildNetwork(parts, () => undefined);
  await simulation.advance(600_000);
  const { Subnets = [] } = await ec2.describeSubnets({});
  const subnets = Subnets.filter(({ CidrBlock = '' }) => CidrBlock.startsWith('10.0.')).map(({ SubnetId }) => SubnetId);
  const specOf = (link: string) => `version: 1
project: shop
spec: orders-7f3k2q
links:
  orders:
    provider: aws
    region: ${region}
${link}
integrations:
  orders:
    link: orders
    gateway: { restApi: ${api}, stage: prod }
    targets:
      orders: { listener: { loadBalancer: orders-nlb, port: 80 } }
    routes:
      GET /orders: orders
      GET /orders/{id}: orders
`;
  return {
    spec: specOf('    loadBalancer: orders-nlb # a VPC link V1'),
    next: specOf(`    subnets: [${subnets.join(', ')}] # a VPC link V2\n    allowlist: [10.0.0.0/16]`),
  };
}
