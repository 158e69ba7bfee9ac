import { aws } from '@postern/aws';
import { restShop } from '../../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../../aws/test/world/simulated.js';
import { MINUTE } from '../scene.js';
import { moved, type WayBackWorld } from '../way-back-world.js';

/** A stage of a REST API: the group behind its former load balancer loses its target. */
export async function stageWayBack(): Promise<WayBackWorld> {
  const { simulation, restApiId, v2, nlb, load } = await restShop();
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const request = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
  const elb = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'elasticloadbalancingv2', operation, region: REGION }, input);
  const [{ DefaultActions }] = elb('DescribeListeners', { LoadBalancerArn: nlb['LoadBalancerArn'] }).Listeners;
  const { TargetGroupArn } = DefaultActions[0];
  const [{ Target }] = elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions;
  const change = async (operation: string): Promise<void> => {
    elb(operation, { TargetGroupArn, Targets: [Target] });
    await simulation.advance(6 * MINUTE);
  };
  return {
    ...(await moved(simulation, driver, request)),
    run: {},
    settlesMs: MINUTE,
    former: { breaks: () => change('DeregisterTargets'), mends: () => change('RegisterTargets') },
    calls: () => {
      const end = load();
      return async () => (await end()).lost;
    },
  };
}
