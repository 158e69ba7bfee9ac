import type { ServiceName, Simulation } from '../../src/internal/simulation.js';
import type { AwsStage } from '../checks/aws/account.js';
import { follow } from '../checks/follow-aws.js';
import { listed, unlessThere, type Row, type Way } from './way.js';

export const REGION = 'eu-west-1';

export const of =
  (service: ServiceName) =>
  (account: Simulation, operation: string, input: Row): any =>
    account.call({ service, operation, region: REGION }, input);
export const ec2 = of('ec2');
export const elb = of('elasticloadbalancingv2');

/** Rules and entries as the shows of checks follow them. */
const byShow: Way['follow'] = (account, [sentence = '']) =>
  unlessThere(() => follow({ ec2: (name, input) => ec2(account, name, input) } as AwsStage, sentence));

function admit(account: Simulation, [GroupId = '', port = '', peers = '']: readonly string[]): void {
  for (const peer of listed(peers)) {
    const who = peer.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: peer }] } : { IpRanges: [{ CidrIp: peer }] };
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: Number(port), ToPort: Number(port), ...who }];
    unlessThere(() => ec2(account, 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions }));
  }
}

function crossZone(account: Simulation, [name = '']: readonly string[]): void {
  const { TargetGroups } = elb(account, 'DescribeTargetGroups', {});
  const group = TargetGroups.find(({ TargetGroupName }: Row) => TargetGroupName === name);
  const key = 'load_balancing.cross_zone.enabled';
  if (group !== undefined) {
    const Attributes = [{ Key: key, Value: 'true' }];
    elb(account, 'ModifyTargetGroupAttributes', { TargetGroupArn: group.TargetGroupArn, Attributes });
    return;
  }
  const [{ LoadBalancerArn }] = elb(account, 'DescribeLoadBalancers', { Names: [name] }).LoadBalancers;
  elb(account, 'ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: [{ Key: key, Value: 'true' }] });
}

/** The machines of a group are repaired. */
function heal(account: Simulation, [name = '']: readonly string[]): void {
  const [{ TargetGroupArn: targetGroupArn }] = elb(account, 'DescribeTargetGroups', { Names: [name] }).TargetGroups;
  const { TargetHealthDescriptions } = elb(account, 'DescribeTargetHealth', { TargetGroupArn: targetGroupArn });
  for (const { Target } of TargetHealthDescriptions) {
    account.plant(REGION, { kind: 'target-health', targetGroupArn, targetId: Target.Id });
  }
}

function addZone(account: Simulation, [vpc = '', zone = '', id = '']: readonly string[]): void {
  const { Subnets } = ec2(account, 'DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  const { SubnetId } = Subnets.find(({ AvailabilityZoneId }: Row) => AvailabilityZoneId === zone);
  ec2(account, 'ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id, AddSubnetIds: [SubnetId] });
}

/** Remedies of AWS that a program can do as written. If one names two options, the one that needs no choice. */
export const AWS_WAYS: readonly Way[] = [
  { pattern: /(Add an (?:in|out)bound rule to sg-\w+: tcp \d+ (?:from|to) \S+?\.)(?=\s|$)/g, follow: byShow },
  {
    pattern:
      /((?:Renumber entry \d+ of acl-\w+ to [^:]*|[Aa]dd an entry to acl-\w+(?: before \d+)?): (?:in|out)bound allow tcp [\d-]+ (?:from|to) \S+?\.)(?=\s|$)/g,
    follow: byShow,
  },
  { pattern: /Add to (sg-\w+) an inbound rule that allows tcp (\d+) from ([^;,]+?)\.$/g, follow: admit },
  {
    pattern: /(?:[Ss]witch|[Ee]nable) (?:on )?cross-zone load balancing (?:for|of) (\S+?)(?: on,|,|\.)/g,
    follow: crossZone,
  },
  { pattern: /Make a target of (\S+) (?:pass|answer) its health check/g, follow: heal },
  {
    pattern: /Change the next hop of route (\S+) of (rtb-\w+) to one that exists, or remove the route/g,
    follow: (account, [DestinationCidrBlock = '', RouteTableId = '']) =>
      ec2(account, 'DeleteRoute', { RouteTableId, DestinationCidrBlock }),
  },
  {
    pattern: /Change route (\S+) of (tgw-rtb-\w+) to an attachment that exists, or remove the route/g,
    follow: (account, [DestinationCidrBlock = '', TransitGatewayRouteTableId = '']) =>
      ec2(account, 'DeleteTransitGatewayRoute', { TransitGatewayRouteTableId, DestinationCidrBlock }),
  },
  { pattern: /Add a subnet of (vpc-\w+) in (\S+) to the attachment (tgw-attach-\w+)/g, follow: addZone },
];
