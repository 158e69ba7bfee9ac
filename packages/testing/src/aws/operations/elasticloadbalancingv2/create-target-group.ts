import type { CreateTargetGroupInput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { targetGroupArn } from '../../load-balancing/arns.js';
import { healthCheck } from '../../load-balancing/target-group/health-checks.js';
import { HEALTH_CHECK, PORT, PROTOCOLS, TAGS } from '../../load-balancing/limits.js';
import { newTags } from '../../load-balancing/tags.js';
import { targetGroupIdentity, type TargetGroupIdentity } from '../../load-balancing/target-group/target-groups.js';
import { targetGroupView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { HealthCheckRow, TargetGroupRow } from '../../state/load-balancing-state.js';

/** Makes a target group. The same call again answers the same group. */
export const createTargetGroup = operation<Given<CreateTargetGroupInput>, CreateTargetGroupOutput>({
  service: 'elasticloadbalancingv2',
  name: 'CreateTargetGroup',
  kind: 'write',
  limits: {
    Protocol: { values: PROTOCOLS },
    Port: PORT,
    TargetType: { values: ['instance', 'ip', 'lambda', 'alb'] },
    IpAddressType: { values: ['ipv4', 'ipv6'] },
    TargetControlPort: PORT,
    ...HEALTH_CHECK,
    ...TAGS,
  },
  run: (call, input) => {
    const identity = targetGroupIdentity(call, input);
    const check = healthCheck(identity, input, undefined);
    const tags = newTags(input.Tags);
    const { targetGroups } = call.state.loadBalancing;
    const namesake = [...targetGroups.values()].find(({ name }) => name === input.Name);
    if (namesake !== undefined) {
      if (isSame(namesake, identity, check)) return { TargetGroups: [targetGroupView(call, namesake)] };
      throw new ServiceError(
        'DuplicateTargetGroupName',
        `A target group with the same name '${input.Name}' exists, but with different settings`,
      );
    }
    if (targetGroups.size >= call.quota('target-groups')) {
      throw new ServiceError('TooManyTargetGroups', 'The maximum number of target groups has been reached');
    }
    const row: TargetGroupRow = {
      arn: targetGroupArn(call, input.Name, call.id('', 16)),
      name: input.Name,
      ...identity,
      healthCheck: check,
      attributes: {},
      tags,
      targets: [],
      attachedAt: undefined,
    };
    targetGroups.set(row.arn, row);
    return { TargetGroups: [targetGroupView(call, row)] };
  },
});

function isSame(row: TargetGroupRow, identity: TargetGroupIdentity, check: HealthCheckRow): boolean {
  const members = Object.keys(identity) as (keyof TargetGroupIdentity)[];
  return (
    members.every((member) => row[member] === identity[member]) &&
    JSON.stringify(row.healthCheck) === JSON.stringify(check)
  );
}
