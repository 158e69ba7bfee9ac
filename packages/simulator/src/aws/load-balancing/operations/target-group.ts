import type {
  DescribeTargetGroupsInput,
  TargetGroup,
  DescribeTargetHealthInput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import { checkArn, targetGroupArn, getLoadBalancer, getTargetGroup, loadBalancersOf, targetGroupsOf } from '../find.js';
import { attributeList } from '../attributes.js';
import {
  invalid,
  targetGroupNotFound,
  ATTRIBUTES,
  HEALTH_CHECK,
  PAGE,
  PORT,
  PROTOCOLS,
  TAGS,
  checkQuota,
  family,
  paged,
  TARGETS,
} from '../request.js';
import { newTags } from '../tags.js';
import { healthCheck } from '../target-group/health-checks.js';
import { changedTargetGroupAttributes, targetGroupAttributes } from '../target-group/target-group-attributes.js';
import { targetGroupIdentity } from '../target-group/target-groups.js';
import type { TargetGroupFields, TargetGroupRow, TargetRow } from '../state.js';
import { limited } from '../../operation/family.js';
import { deregister, register, sameTarget } from '../target-group/targets.js';
import { targetHealth } from '../target-group/health.js';

function view({ state }: AwsCall, { fields }: TargetGroupRow): TargetGroup {
  const users = loadBalancersOf(state, fields.TargetGroupArn);
  return { ...fields, LoadBalancerArns: users.map((balancer) => balancer.fields.LoadBalancerArn) };
}

function isSame({ fields }: TargetGroupRow, wanted: Partial<TargetGroupFields>): boolean {
  return Object.entries(wanted).every(
    ([member, value]) => JSON.stringify(fields[member as keyof TargetGroupFields]) === JSON.stringify(value),
  );
}

function chosen(call: AwsCall, input: Given<DescribeTargetGroupsInput>): TargetGroupRow[] {
  const { LoadBalancerArn: balancer, TargetGroupArns: arns = [], Names: names = [] } = input;
  const ways = [balancer !== undefined, arns.length > 0, names.length > 0].filter(Boolean);
  if (ways.length > 1) {
    throw invalid(
      'Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time',
    );
  }
  if (arns.length > 0) return arns.map((arn) => getTargetGroup(call.state, arn));

  const all = [...call.state.loadBalancing.targetGroups.values()];
  if (names.length > 0) {
    if (names.some((name) => !all.some((row) => row.fields.TargetGroupName === name))) throw targetGroupNotFound();

    return all.filter(({ fields }) => names.includes(fields.TargetGroupName));
  }
  if (balancer === undefined) return all;

  const used = targetGroupsOf(call.state, getLoadBalancer(call.state, balancer).fields.LoadBalancerArn);
  return all.filter(({ fields }) => used.has(fields.TargetGroupArn));
}

/** Target groups, targets, and their health. */
export const targetGroupOperations = family({
  /** Makes a target group. The same call again answers the same group. */
  CreateTargetGroup: {
    limits: {
      Protocol: { values: PROTOCOLS },
      Port: PORT,
      TargetType: { values: ['instance', 'ip', 'lambda', 'alb'] },
      IpAddressType: { values: ['ipv4', 'ipv6'] },
      TargetControlPort: PORT,
      ...HEALTH_CHECK,
      ...TAGS,
    },
    run(call, input) {
      const identity = targetGroupIdentity(call, input);
      const check = healthCheck(identity, input);
      const tags = newTags(input.Tags);
      const { targetGroups } = call.state.loadBalancing;
      const namesake = [...targetGroups.values()].find(({ fields }) => fields.TargetGroupName === input.Name);
      if (namesake !== undefined) {
        if (isSame(namesake, { ...identity, ...check })) return { TargetGroups: [view(call, namesake)] };

        throw new ServiceError(
          'DuplicateTargetGroupName',
          `A target group with the same name '${input.Name}' exists, but with different settings`,
        );
      }
      checkQuota(call, 'target-groups', targetGroups.size, 'TooManyTargetGroups', 'target groups');

      const row: TargetGroupRow = {
        fields: {
          TargetGroupArn: targetGroupArn(call, input.Name, call.id('', 16)),
          TargetGroupName: input.Name,
          ...identity,
          ...check,
        },
        attributes: {},
        tags,
        targets: [],
        attachedAt: undefined,
      };
      targetGroups.set(row.fields.TargetGroupArn, row);
      return { TargetGroups: [view(call, row)] };
    },
  },

  /** Changes the health check of a target group; what is not named stays. */
  ModifyTargetGroup: limited(HEALTH_CHECK, (call, input) => {
    const row = getTargetGroup(call.state, input.TargetGroupArn);
    row.fields = { ...row.fields, ...healthCheck(row.fields, input, row.fields) };
    return { TargetGroups: [view(call, row)] };
  }),

  /** Deletes a target group that no listener and no rule uses. Deleting one that does not exist succeeds. */
  DeleteTargetGroup(call, input) {
    checkArn('target group', input.TargetGroupArn);
    if (loadBalancersOf(call.state, input.TargetGroupArn).length > 0) {
      throw new ServiceError(
        'ResourceInUse',
        `Target group '${input.TargetGroupArn}' is currently in use by a listener or a rule`,
      );
    }

    call.state.loadBalancing.targetGroups.delete(input.TargetGroupArn);
    return {};
  },

  /** Lists target groups: all, those of a load balancer, or those named by ARN or by name. */
  DescribeTargetGroups: limited(PAGE, (call, input, name) => {
    const rows = chosen(call, input).map((row) => view(call, row));
    return paged(
      'TargetGroups',
      `${name} ${input.LoadBalancerArn ?? ''}`,
      rows,
      input,
      (row) => row.TargetGroupArn ?? '',
    );
  }),

  /** Every attribute that a target group of its type and protocol has. */
  DescribeTargetGroupAttributes: (call, input) => ({
    Attributes: attributeList(targetGroupAttributes(getTargetGroup(call.state, input.TargetGroupArn))),
  }),

  /** Sets attributes of a target group; answers all of them. */
  ModifyTargetGroupAttributes: limited(ATTRIBUTES, (call, input) => {
    const row = getTargetGroup(call.state, input.TargetGroupArn);
    row.attributes = changedTargetGroupAttributes(row, input.Attributes);
    return { Attributes: attributeList(row.attributes) };
  }),

  /** Registers targets. One that is registered already is not changed; one that is draining is registered again. */
  RegisterTargets: limited(TARGETS, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    if (input.Targets.length === 0) throw invalid('At least one target must be specified');

    register(call, group, input.Targets);
    return {};
  }),

  /** Removes targets from a group. They drain, then they are gone. A target that is not registered is not an error. */
  DeregisterTargets: limited(TARGETS, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    for (const target of input.Targets) {
      // Without a port, all registrations of that ID are deregistered.
      const rows = group.targets.filter((row) =>
        target.Port === undefined ? row.id === target.Id : sameTarget(group, row, target),
      );
      for (const row of rows) deregister(call, group, row);
    }
    return {};
  }),

  /** The health of all targets of a group, or of those named (also where they are not registered). */
  DescribeTargetHealth: limited({ ...TARGETS, 'Include[]': { values: ['AnomalyDetection', 'All'] } }, (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    const asked = input.Targets ?? [];
    const found =
      asked.length === 0
        ? group.targets.map((row) => ({ row, target: description(row) }))
        : asked.flatMap((target) => named(group, target));
    return { TargetHealthDescriptions: found.map(({ row, target }) => targetView(call, group, row, target, input)) };
  }),
});

interface Found {
  readonly row: TargetRow | undefined;
  readonly target: TargetDescription;
}

function named(group: TargetGroupRow, target: Given<TargetDescription>): Found[] {
  const rows = group.targets.filter((row) =>
    target.Port === undefined ? row.id === target.Id : sameTarget(group, row, target),
  );
  if (rows.length > 0) return rows.map((row) => ({ row, target: description(row) }));

  return [{ row: undefined, target: { Id: target.Id, Port: target.Port ?? group.fields.Port } }];
}

function description(row: TargetRow): TargetDescription {
  return { Id: row.id, Port: row.port, AvailabilityZone: row.availabilityZone, QuicServerId: row.quicServerId };
}

function targetView(
  call: AwsCall,
  group: TargetGroupRow,
  row: TargetRow | undefined,
  target: TargetDescription,
  { Include: include = [] }: DescribeTargetHealthInput,
): TargetHealthDescription {
  const { HealthCheckPort: port, Port, Protocol: protocol } = group.fields;
  const anomalies = include.length > 0 && (protocol === 'HTTP' || protocol === 'HTTPS');
  return {
    Target: target,
    HealthCheckPort: port === 'traffic-port' ? String(target.Port ?? Port ?? '') : port,
    TargetHealth: targetHealth(call, group, row),
    AdministrativeOverride: overrideOf(row),
    AnomalyDetection: anomalies ? { Result: 'normal', MitigationInEffect: 'no' } : undefined,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AdministrativeOverride.html */
function overrideOf(row: TargetRow | undefined): TargetHealthDescription['AdministrativeOverride'] {
  if (row?.shifted === undefined) return undefined;

  return row.shifted
    ? { State: 'zonal_shift_active', Reason: 'AdministrativeOverride.ZonalShiftActive' }
    : { State: 'no_override', Reason: 'AdministrativeOverride.NoOverride' };
}
