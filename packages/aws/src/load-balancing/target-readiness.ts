import type { CallContext } from '@postern/core/internal/library';
import { unless, unlessGone, type MoveUnit, type ShiftedTarget } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import { listInterfaces } from '../networks/network-interface.js';
import type { TargetHealthOutput } from '../sdk-types.js';
import { flagOf, loadBalancerAttributes, targetGroupAttributes } from './load-balancer.js';
import { changedMeanwhile } from '../move-methods.js';

/** Targets that take calls: healthy ones, and those that are not checked, such as functions. */
const TAKES_CALLS: ReadonlySet<string | undefined> = new Set(['healthy', 'unavailable']);

interface Asked {
  readonly unit: MoveUnit;
  readonly group: ShiftedTarget;
  /** The groups that get calls now: they show which zones send. */
  readonly sending: readonly string[];
  readonly ctx: CallContext;
}

/**
 * Why a group does not take all calls of its share yet; undefined where it does. Each of its targets must be healthy, in each zone
 * that sends. Targets that leave it do not count.
 */
export async function notReady(session: Session, { unit, group, sending, ctx }: Asked): Promise<string | undefined> {
  const targets = await targetsOf(session, group, ctx);
  const waiting = targets.filter((one) => !takesCalls(one));
  if (targets.length === 0) return `target group ${group.name} has no targets`;
  if (waiting.length > 0) {
    const [first] = waiting;
    const { State = 'unknown', Reason } = first?.TargetHealth ?? {};
    const one = `${first?.Target?.Id ?? ''} is ${State}${Reason === undefined ? '' : ` (${Reason})`}`;
    return `${waiting.length} of ${targets.length} targets of ${group.name} are not healthy: ${one}`;
  }

  return lackingZone(session, { unit, groups: [group], sending, ctx });
}

/**
 * Why groups do not take the calls that they had before; undefined where they do. One healthy target of each is enough: the others got no
 * calls before either. All of them together have a target in each zone that sends.
 * @throws {PosternError} `WORLD_MOVED` for a group that does not exist any more
 */
export async function notReadyForReturn(
  session: Session,
  { groups, ...asked }: Omit<Asked, 'group'> & { readonly groups: readonly ShiftedTarget[] },
): Promise<string | undefined> {
  for (const group of groups) {
    const targets = await targetsOf(session, group, asked.ctx);
    if (targets.length === 0) return `target group ${group.name} has no targets`;

    const { State = 'unknown' } = targets[0]?.TargetHealth ?? {};
    if (!targets.some(takesCalls))
      return `no target of ${group.name} is healthy: ${targets[0]?.Target?.Id} is ${State}`;
  }
  return lackingZone(session, { ...asked, groups });
}

function takesCalls({ TargetHealth }: TargetHealthOutput): boolean {
  return TAKES_CALLS.has(TargetHealth?.State);
}

/** The targets of a group, without those that leave it. */
async function targetsOf(
  session: Session,
  { id, name }: ShiftedTarget,
  ctx: CallContext,
): Promise<readonly TargetHealthOutput[]> {
  const asked = { TargetGroupArn: id };
  const found = await unlessGone(session.call(ctx, 'elasticloadbalancing', 'DescribeTargetHealth', asked));
  if (found === undefined) throw changedMeanwhile(`target group ${name} does not exist any more`);

  return (found.TargetHealthDescriptions ?? []).filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
}

/**
 * Names a zone that sends calls, and in which the groups have no healthy target. Without cross-zone load balancing, the default of network
 * load balancers, the node of a zone sends calls to targets of its zone alone.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
async function lackingZone(
  session: Session,
  { unit, groups, sending, ctx }: Omit<Asked, 'group'> & { readonly groups: readonly ShiftedTarget[] },
): Promise<string | undefined> {
  const crossing = await Promise.all(groups.map(({ id }) => crossesZones(session, unit, id, ctx)));
  // What could not be read refuses nothing.
  if (crossing.some((one) => one !== false)) return undefined;

  const [own, others] = await Promise.all([
    Promise.all(groups.map(({ id }) => healthyZones(session, id, ctx))),
    Promise.all(sending.map((id) => healthyZones(session, id, ctx))),
  ]);
  const served = own.flatMap((zones) => zones ?? []);
  if (own.includes(undefined) || served.includes('all')) return undefined;

  const lacking = others.flatMap((zones) => zones ?? []).find((zone) => zone !== 'all' && !served.includes(zone));
  if (lacking === undefined) return undefined;

  const names = groups.map(({ name }) => name).join(', ');
  return `${names} has no healthy target in ${lacking}, and calls that arrive there stay there: cross-zone load balancing is off`;
}

/** Undefined where it could not be read. */
async function crossesZones(
  session: Session,
  unit: MoveUnit,
  groupArn: string,
  ctx: CallContext,
): Promise<boolean | undefined> {
  return unlessDenied(async () => {
    const own = flagOf(await targetGroupAttributes(session, groupArn, ctx), CROSS_ZONE);
    if (own !== undefined) return own;

    const asked = { ListenerArns: [unit.gateway.id] };
    const { Listeners: [listener] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeListeners', asked);
    const { LoadBalancerArn } = listener ?? {};
    if (LoadBalancerArn === undefined) return undefined;

    const arns = { LoadBalancerArns: [LoadBalancerArn] };
    const { LoadBalancers: [balancer] = [] } = await session.call(
      ctx,
      'elasticloadbalancing',
      'DescribeLoadBalancers',
      arns,
    );
    // Application load balancers always send to all zones. Only their target groups may override this.
    if (balancer?.Type !== 'network') return true;

    return flagOf(await loadBalancerAttributes(session, LoadBalancerArn, ctx), CROSS_ZONE);
  });
}

const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** The names of the zones in which a group has a healthy target; undefined where the zone of one cannot be determined. */
async function healthyZones(session: Session, arn: string, ctx: CallContext): Promise<readonly string[] | undefined> {
  return unlessDenied(async () => {
    const targets = (await targetsOf(session, { id: arn, name: arn }, ctx)).filter(takesCalls);
    const unplaced = targets.flatMap(({ Target }) =>
      Target?.AvailabilityZone === undefined ? (Target?.Id ?? []) : [],
    );
    const places = unplaced.length === 0 ? new Map<string, string>() : await zonesOf(session, arn, unplaced, ctx);
    const zones = targets.map(({ Target }) => Target?.AvailabilityZone ?? places.get(Target?.Id ?? ''));
    const known = zones.filter((zone) => zone !== undefined);
    return known.length === zones.length ? known : undefined;
  });
}

/** The zones of instances and private addresses, by their interfaces. */
async function zonesOf(
  session: Session,
  arn: string,
  ids: readonly string[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const asked = { TargetGroupArns: [arn] };
  const { TargetGroups: [group] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeTargetGroups', asked);
  const name = group?.TargetType === 'instance' ? 'attachment.instance-id' : 'addresses.private-ip-address';
  const filters = [
    { Name: name, Values: [...new Set(ids)] },
    ...(group?.VpcId === undefined ? [] : [{ Name: 'vpc-id', Values: [group.VpcId] }]),
  ];
  const found = await listInterfaces(session, 'network interfaces of targets', filters, ctx);
  return new Map(
    found.flatMap(({ AvailabilityZone: zone, Attachment, PrivateIpAddresses = [] }) => {
      if (zone === undefined) return [];

      const keys = [Attachment?.InstanceId, ...PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress)];
      return keys.flatMap((key) => (key === undefined ? [] : [[key, zone] as const]));
    }),
  );
}

/** Undefined where the credentials may not read it. */
async function unlessDenied<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  return unless(read(), 'PERMISSION_DENIED', 'WORLD_MOVED');
}
