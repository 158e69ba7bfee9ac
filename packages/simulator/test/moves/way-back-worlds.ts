import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, memoryJournal, type Driver } from '@postern/core';
import { Moves, type MovePlan, type MoveRequest, type PlanMoveOptions, type RunMoveOptions } from '@postern/core/moves';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import type { Simulation } from '../../src/index.js';
import { REGION as ALIBABA_REGION } from '../traffic/alibaba/shop.js';
import { assume, MINUTE, movingShop } from './scene.js';

/** A planned move, its callers, and what only its former path needs. */
export interface WayBackWorld {
  readonly moves: Moves;
  readonly plan: MovePlan;
  readonly run: RunMoveOptions;
  /** How long callers may use the former path after the switch. */
  readonly settlesMs: number;
  /** Takes away what the former path needs, and gives it back. */
  readonly former: { readonly breaks: () => Promise<void>; readonly mends: () => Promise<void> };
  /** Calls until it is ended: how many were lost. */
  readonly calls: () => () => Promise<number>;
  readonly advance: (ms: number) => Promise<void>;
}

async function moved(
  simulation: Simulation,
  driver: Driver,
  request: MoveRequest,
  how: Omit<PlanMoveOptions, 'clouds'> = {},
): Promise<Pick<WayBackWorld, 'moves' | 'plan' | 'advance'>> {
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  return { moves, plan: await moves.plan(request, how), advance: (ms) => simulation.advance(ms) };
}

/** A stage of a REST API: the group behind its former load balancer loses its target. */
async function stage(): Promise<WayBackWorld> {
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

/** A route of an HTTP API: the security group of its former link allows nothing outbound any more. The new link has another one. */
async function route(): Promise<WayBackWorld> {
  const { simulation, call, open, ApiId, callGateway, run, links, load } = await httpShop();
  const { VpcId } = call('ec2', 'DescribeSecurityGroups').SecurityGroups[0];
  const own = { GroupName: 'former', Description: 'of the former link', VpcId };
  const { GroupId } = call('ec2', 'CreateSecurityGroup', own);
  const all = { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: open, IpPermissions: [all] });
  await run(0, GroupId);
  const [from = ''] = links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const wanted = { Name: 'other', SubnetIds, SecurityGroupIds: [open] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', wanted).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  const change = async (operation: string): Promise<void> => {
    call('ec2', operation, { GroupId, IpPermissions });
    await simulation.advance(MINUTE);
  };
  return {
    ...(await moved(simulation, aws({ region: REGION, clients: simulation.clients(REGION) }), {
      api: ApiId,
      from,
      to,
    })),
    run: { callGateway },
    settlesMs: MINUTE,
    former: { breaks: () => change('RevokeSecurityGroupEgress'), mends: () => change('AuthorizeSecurityGroupEgress') },
    calls: () => {
      const end = load('/orders');
      return async () => (await end()).lost;
    },
  };
}

/** An API group: the servers refuse the address of its former instance. The new one calls from other addresses. */
async function group(): Promise<WayBackWorld> {
  const shop = await movingShop();
  const { sim, by, serverGroup: SecurityGroupId, egress: SourceCidrIp, request } = shop;
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp };
  const change = async (action: string): Promise<void> => {
    by('Ecs', action, rule);
    await sim.advance(MINUTE);
  };
  const driver = alibaba({ region: ALIBABA_REGION, api: sim.alibaba(ALIBABA_REGION) });
  return {
    ...(await moved(sim, driver, request, { assume, manage: [SecurityGroupId] })),
    run: { assume },
    settlesMs: 12 * MINUTE, // DNS changes within ten minutes
    former: { breaks: () => change('RevokeSecurityGroup'), mends: () => change('AuthorizeSecurityGroup') },
    calls: () => {
      const { end } = shop.load();
      return async () => {
        await sim.advance(MINUTE);
        return end().lost;
      };
    },
  };
}

export const WAY_BACK_WORLDS: Readonly<Record<string, () => Promise<WayBackWorld>>> = {
  'a stage of a REST API': stage,
  'a route of an HTTP API': route,
  'an API group of Alibaba Cloud': group,
};
