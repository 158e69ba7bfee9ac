import type { StageMigration } from '@postern/core/internal/moves';
import type { ServiceName } from '../../../src/internal/simulation.js';
import { restShop, type RestShopOptions } from '../../../../aws/test/rest-apis/rest-shop.js';
import { edit } from '../../checks/show.js';
import { REGION } from '../../../../aws/test/world/simulated.js';

/** A stage that is to move to a V2 link, with calls to its account. */
export interface RestStage extends Awaited<ReturnType<typeof restShop>> {
  readonly call: (service: ServiceName, operation: string, input?: object) => any;
  /** All subnets of the account's first VPC. */
  readonly subnets: () => readonly string[];
}

/** A fault because of which the move of a stage is refused. */
export interface RestFault {
  readonly id: string;
  readonly world?: RestShopOptions | undefined;
  /** Creates the fault; returns what the request says differently. */
  readonly plant: (stage: RestStage) => Partial<StageMigration>;
  /** Why no program can follow the remedy. */
  readonly notFollowed?: string | undefined;
}

export async function openRest(world?: RestShopOptions): Promise<RestStage> {
  const shop = await restShop(world);
  const call: RestStage['call'] = (service, operation, input = {}) =>
    shop.simulation.call({ service, operation, region: REGION }, input);
  const [{ VpcId }] = call('ec2', 'DescribeVpcs').Vpcs;
  return {
    ...shop,
    call,
    subnets: () =>
      call('ec2', 'DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }).Subnets.map(
        ({ SubnetId }: { readonly SubnetId: string }) => SubnetId,
      ),
  };
}

const link = ({ call }: RestStage, SubnetIds: readonly string[], SecurityGroupIds: readonly string[] = []) => ({
  to: call('apigatewayv2', 'CreateVpcLink', { Name: 'other', SubnetIds, SecurityGroupIds }).VpcLinkId as string,
});

/** A link in a security group of its own. */
function shutLink(stage: RestStage) {
  const [{ VpcId }] = stage.call('ec2', 'DescribeVpcs').Vpcs;
  const { GroupId } = stage.call('ec2', 'CreateSecurityGroup', { VpcId, GroupName: 'own', Description: 'own' });
  return link(stage, stage.subnets(), [GroupId]);
}

function linkElsewhere(stage: RestStage) {
  const { VpcId } = stage.call('ec2', 'CreateVpc', { CidrBlock: '10.40.0.0/16' }).Vpc;
  const made = { VpcId, CidrBlock: '10.40.0.0/24', AvailabilityZone: `${REGION}a` };
  return link(stage, [stage.call('ec2', 'CreateSubnet', made).Subnet.SubnetId]);
}

function targets({ call }: RestStage) {
  const [{ TargetGroupArn }] = call('elasticloadbalancingv2', 'DescribeTargetGroups', {
    Names: ['orders-alb'],
  }).TargetGroups;
  const health = call('elasticloadbalancingv2', 'DescribeTargetHealth', { TargetGroupArn });
  return { TargetGroupArn, Target: health.TargetHealthDescriptions[0].Target };
}

const denied =
  (operation: string): RestFault['plant'] =>
  ({ simulation }) => {
    simulation.faults.add({ operation, kind: 'deny' });
    return {};
  };

/** Faults of moves of a stage from a V1 link to a V2 link. */
export const REST_FAULTS: readonly RestFault[] = [
  { id: 'rest-sg-in', plant: shutLink },
  { id: 'rest-network', plant: linkElsewhere },
  { id: 'rest-pending', plant: (stage) => ({ ...link(stage, stage.subnets(), groupsOf(stage)) }) },
  {
    id: 'rest-inactive',
    plant: ({ simulation, v2 }) => {
      const asleep = { VpcLinkStatus: 'INACTIVE' };
      edit(simulation, (row) => row['VpcLinkId'] === v2 && row['VpcLinkStatus'] !== undefined, asleep);
      return {};
    },
  },
  {
    id: 'rest-unhealthy',
    plant: (stage) => {
      const { TargetGroupArn: targetGroupArn, Target } = targets(stage);
      const unhealthy = { kind: 'target-health', targetGroupArn, targetId: Target.Id, state: 'unhealthy' } as const;
      stage.simulation.plant(REGION, unhealthy);
      return {};
    },
  },
  {
    id: 'rest-no-target',
    plant: (stage) => {
      const { TargetGroupArn, Target } = targets(stage);
      stage.call('elasticloadbalancingv2', 'DeregisterTargets', { TargetGroupArn, Targets: [Target] });
      return {};
    },
    notFollowed: 'the server must be chosen',
  },
  {
    id: 'rest-listeners',
    world: { port: 8081 },
    plant: ({ call, alb: { LoadBalancerArn } }) => {
      const [{ DefaultActions }] = call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn }).Listeners;
      call('elasticloadbalancingv2', 'CreateListener', {
        LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 8082,
        DefaultActions,
      });
      return {};
    },
  },
  {
    id: 'rest-draft',
    plant: ({ method }) => {
      method('more');
      return {};
    },
  },
  {
    id: 'rest-canary',
    plant: ({ rest }) => {
      rest('CreateDeployment', { stageName: 'prod', canarySettings: { percentTraffic: 10 } });
      return {};
    },
  },
  { id: 'rest-denied-export', plant: denied('GetExport') },
  { id: 'rest-denied-groups', plant: denied('DescribeSecurityGroups') },
  { id: 'rest-denied-stages', plant: denied('GetStages') },
  { id: 'rest-link-absent', plant: () => ({ to: 'nothere' }) },
  { id: 'rest-old-link-absent', plant: () => ({ from: 'nothere' }) },
  { id: 'rest-stage-absent', plant: () => ({ stage: 'nothere' }) },
  { id: 'rest-balancer-absent', plant: () => ({ targetBalancer: 'nothere' }) },
  {
    id: 'rest-api-absent',
    plant: () => ({ restApi: 'nothere' }),
    notFollowed: 'the ID of the API must be looked up: the error does not list them',
  },
  { id: 'rest-same-link', plant: ({ v1 }) => ({ to: v1 }) },
  {
    id: 'rest-both-links',
    plant: ({ v2 }) => ({ from: v2 }),
    notFollowed: 'which of both links is wrong must be decided',
  },
];

function groupsOf({ call, v2 }: RestStage): readonly string[] {
  return call('apigatewayv2', 'GetVpcLink', { VpcLinkId: v2 }).SecurityGroupIds;
}
