import type { PutIntegrationCommandOutput, UpdateIntegrationCommandOutput } from '@aws-sdk/client-api-gateway';
import type { SimulateOptions } from '../../../src/index.js';
import { petsApi, type PetsWorld } from './rest-world.js';

export interface PrivateWorld extends PetsWorld {
  readonly balancer: (name: string, type: 'application' | 'network', subnets?: string[]) => Promise<string>;
  /** The subnets of the VPC. */
  readonly subnetIds: readonly string[];
  readonly alb: string;
  readonly nlb: string;
  readonly v1: string;
  readonly v2: string;
  readonly put: (more: Record<string, unknown>) => Promise<PutIntegrationCommandOutput>;
  readonly update: (
    ...changes: readonly (readonly [path: string, value: string])[]
  ) => Promise<UpdateIntegrationCommandOutput>;
}

/** The pets API beside load balancers, a V1 link and a V2 link. All are in one VPC. */
export async function privateWorld(options: SimulateOptions = {}): Promise<PrivateWorld> {
  const pets = await petsApi(options);
  const { simulation, apiGateway, apiGatewayV2, ec2, elasticLoadBalancingV2: elb, method } = pets;
  const { Subnets = [] } = await ec2.describeSubnets({});
  const SubnetIds = Subnets.map(({ SubnetId = '' }) => SubnetId);
  const balancer = async (Name: string, Type: 'application' | 'network', subnets = SubnetIds) => {
    const { LoadBalancers = [] } = await elb.createLoadBalancer({ Name, Type, Scheme: 'internal', Subnets: subnets });
    return LoadBalancers[0]?.LoadBalancerArn ?? '';
  };
  const alb = await balancer('orders', 'application');
  const nlb = await balancer('carts', 'network');
  await simulation.advance(600_000);
  const { id: v1 = '' } = await apiGateway.createVpcLink({ name: 'one', targetArns: [nlb] });
  const { VpcLinkId: v2 = '' } = await apiGatewayV2.createVpcLink({ Name: 'two', SubnetIds });
  await simulation.advance(600_000);
  const put = (more: Record<string, unknown>) =>
    apiGateway.putIntegration({
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://orders.internal/',
      connectionType: 'VPC_LINK',
      ...more,
    } as never);
  const update = (...changes: readonly (readonly [path: string, value: string])[]) =>
    apiGateway.updateIntegration({
      ...method,
      patchOperations: changes.map(([path, value]) => ({ op: 'replace' as const, path, value })),
    });
  return { ...pets, balancer, subnetIds: SubnetIds, alb, nlb, v1, v2, put, update };
}
