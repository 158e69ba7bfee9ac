import { aws } from '@postern/aws';
import { restShop } from '../../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../../aws/test/world/simulated.js';
import type { ServiceName } from '../../../src/internal/simulation.js';
import type { ExitWorld } from '../exit-world.js';

/** A stage of a REST API with two methods, from a V1 link and its load balancer to a V2 link and another one. */
export async function stageExits(): Promise<ExitWorld> {
  const { simulation, rest, restApiId, v1, v2, alb, nlb, methods } = await restShop();
  const call = (service: ServiceName, operation: string, input: object): any =>
    simulation.call({ service, operation, region: REGION }, { ...input });
  return {
    simulation,
    driverOf: (by) => aws({ region: REGION, clients: by.clients(REGION) }),
    request: { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' },
    how: {},
    gone: {
      nothing: () => undefined,
      'a method': () => rest('DeleteMethod', methods[1]),
      'the stage': () => rest('DeleteStage', { stageName: 'prod' }),
      'the API': () => rest('DeleteRestApi'),
      'the former link': () => call('apigateway', 'DeleteVpcLink', { vpcLinkId: v1 }),
      'the new link': () => call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: v2 }),
      'the former balancer': () =>
        call('elasticloadbalancingv2', 'DeleteLoadBalancer', { LoadBalancerArn: nlb['LoadBalancerArn'] }),
      'the new balancer': () =>
        call('elasticloadbalancingv2', 'DeleteLoadBalancer', { LoadBalancerArn: alb['LoadBalancerArn'] }),
    },
  };
}
