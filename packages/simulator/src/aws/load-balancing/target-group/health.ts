import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ConditionAt } from '../../../simulation/traffic/backends/backends.js';
import { failingCondition, type Condition } from '../../../simulation/traffic/backends/backend.js';
import { type AwsCall, isCutOff, isUntried, type ReachedOf } from '../../operation/operation.js';
import { interfaceByAddress, primaryOf } from '../../ec2/vpc/network.js';
import type { TargetGroupRow, TargetRow, LoadBalancerRow } from '../state.js';
import { isHeld } from '../../ec2/network-interface/interface-view.js';
import type { InterfaceRow } from '../../ec2/state.js';
import type { InstanceRow } from '../../ec2/instance/state.js';
import type { RegionState } from '../../state/aws-state.js';
import { loadBalancersOf } from '../find.js';
import { familyOf } from './target-group-attributes.js';

/**
 * The health of a target whose backend does not pass its checks; undefined where it is healthy. A target counts as unhealthy when as
 * many checks failed one after the other as its group says, and as healthy again when as many passed.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function healthByBackend(
  { state, now, conditionAt }: Asked,
  group: TargetGroupRow,
  target: TargetRow,
): TargetHealth | undefined {
  const { VpcId: vpcId, TargetType: targetType } = group.fields;
  if (!conditionAt || targetType === 'lambda' || targetType === 'alb') return undefined;

  const instance = targetType === 'instance' ? target.id : undefined;
  const address = instance === undefined ? target.id : (primaryOf(state, instance)?.privateIpAddress ?? '');
  const service = instance === undefined ? interfaceByAddress(state, vpcId ?? '', address)?.service : undefined;
  const failing = failingCondition(
    conditionAt({ address, port: checkedPort(group, target), instance, service, network: vpcId }),
    { passes: (condition) => failure(group, condition) === undefined, ...timesOf(group) },
    now,
  );
  return failing && { State: 'unhealthy', ...failure(group, failing) };
}

export function checkedPort({ fields }: TargetGroupRow, target: TargetRow): number {
  const { HealthCheckPort: port = 'traffic-port' } = fields;
  return port === 'traffic-port' ? portOf({ fields }, target) : Number(port);
}

const portOf = ({ fields }: Pick<TargetGroupRow, 'fields'>, { port }: TargetRow): number => port ?? fields.Port ?? 0;

const timesOf = ({ fields }: TargetGroupRow) => ({
  unhealthyMs: fields.UnhealthyThresholdCount * fields.HealthCheckIntervalSeconds * 1000,
  healthyMs: fields.HealthyThresholdCount * fields.HealthCheckIntervalSeconds * 1000,
});

/**
 * The health of a target that nodes of the load balancer do not reach: checks get no answer. Where several nodes check it, one that is
 * cut off is enough [U]: AWS shows one word for all of them.
 */
function healthByNetwork(
  { now, reachedOf }: Asked,
  group: TargetGroupRow,
  target: TargetRow,
  start: number,
): TargetHealth | undefined {
  const times = timesOf(group);
  const reached = reachedOf?.(group, target).filter(({ isOpen, before }) => !isOpen || before !== undefined) ?? [];
  if (reached.some((one) => isCutOff(one, start, times, now))) return silent(group);

  return reached.some((one) => isUntried(one, start)) ? INITIAL : undefined;
}

/** The reason of a check that does not pass. */
function failure(
  { fields: { HealthCheckProtocol: protocol, HealthCheckTimeoutSeconds: timeoutSeconds, Matcher } }: TargetGroupRow,
  { answers, status, delayMs }: Condition,
): Pick<TargetHealth, 'Reason' | 'Description'> | undefined {
  if (!answers) return { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' };
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') return undefined;
  if (delayMs > timeoutSeconds * 1000) return { Reason: 'Target.Timeout', Description: 'Request timed out' };
  if (matches(Matcher?.HttpCode ?? '200', status)) return undefined;

  return {
    Reason: 'Target.ResponseCodeMismatch',
    Description: `Health checks failed with these codes: [${status}]`,
  };
}

/** `200`, `200,202`, `200-399`. */
function matches(codes: string, status: number): boolean {
  return codes.split(',').some((part) => {
    const [least, most = least] = part.split('-').map(Number);
    return least !== undefined && most !== undefined && least <= status && status <= most;
  });
}

/** The region, the time, and what health checks meet. */
type Asked = Pick<AwsCall, 'state' | 'now'> & {
  readonly conditionAt?: ConditionAt | undefined;
  readonly reachedOf?: ReachedOf | undefined;
};

/** A target is being registered for this long; only then health checks begin. */
const REGISTRATION_MS = 5_000;

const INITIAL: TargetHealth = {
  State: 'initial',
  Reason: 'Elb.InitialHealthChecking',
  Description: 'Initial health checks in progress',
};

const NOT_REGISTERED: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

/**
 * A target's health now. It follows from times and from the world only: `unused` while no load balancer uses
 * the group or its zone, then `initial` until the first health check has passed (one check is enough for a
 * new target), then `healthy`, unless the world sets another state, the network keeps checks from it, or what answers fails them;
 * `draining` after it was deregistered.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states
 */
export function targetHealth(call: Asked, group: TargetGroupRow, target: TargetRow | undefined): TargetHealth {
  return target === undefined ? NOT_REGISTERED : seenHealth(call, group, target).health;
}

/** The health of a target, and whether it says nothing of calls: the network keeps checks from it, or they go to another port. */
export interface SeenHealth {
  readonly health: TargetHealth;
  readonly isCutOff: boolean;
}

/** The health of a registered target, for whom it matters why. */
export function seenHealth(call: Asked, group: TargetGroupRow, target: TargetRow): SeenHealth {
  const found = healthNow(call, group, target);
  return 'health' in found ? found : { health: found, isCutOff: false };
}

function healthNow(call: Asked, group: TargetGroupRow, target: TargetRow): TargetHealth | SeenHealth {
  if (target.deregisteredAt !== undefined) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }

  const balancers = loadBalancersOf(call.state, group.fields.TargetGroupArn);
  if (balancers.length === 0) {
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    };
  }
  const instance = instanceOf(call.state, group, target);
  const isInstance = group.fields.TargetType === 'instance';
  const zone = isInstance ? instance?.zoneName : target.availabilityZone;
  if (!balancers.some((balancer) => serves(balancer, zone))) {
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
    };
  }

  if (instance !== undefined && instance.state !== 'running' && isInstance) {
    return { State: 'unused', Reason: 'Target.InvalidState', Description: `Target is in the ${instance.state} state` };
  }
  if (!group.fields.HealthCheckEnabled) {
    return {
      State: 'unavailable',
      Reason: 'Target.HealthCheckDisabled',
      Description: 'Health checks are disabled for this target group',
    };
  }

  const since = Math.max(target.registeredAt, group.attachedAt ?? 0, isInstance ? (instance?.since ?? 0) : 0);
  const isProvisioning = balancers.every((balancer) => balancer.fields.State.Code === 'provisioning');
  return starting(call, group, since, isProvisioning) ?? settled(call, group, target, since, instance);
}

/** Whether a load balancer is in the target's zone. Targets without a zone of their own are served from every zone. */
function serves(balancer: LoadBalancerRow, zone: string | undefined): boolean {
  return zone === undefined || zone === 'all' || balancer.zones.some((enabled) => enabled.fields.ZoneName === zone);
}

function starting(
  { now }: Asked,
  { fields }: TargetGroupRow,
  since: number,
  isProvisioning: boolean,
): TargetHealth | undefined {
  const age = now - since;
  if (isProvisioning || age < REGISTRATION_MS) {
    return {
      State: 'initial',
      Reason: 'Elb.RegistrationInProgress',
      Description: 'Target registration is in progress',
    };
  }

  return age < REGISTRATION_MS + fields.HealthCheckIntervalSeconds * 1000 ? INITIAL : undefined;
}

function settled(
  call: Asked,
  group: TargetGroupRow,
  target: TargetRow,
  since: number,
  instance: InstanceRow | undefined,
): TargetHealth | SeenHealth {
  const { health } = target;
  if (health) return health;
  if (instance === undefined ? isDetached(call.state, group, target) : instance.state !== 'running')
    return silent(group);

  const start = since + REGISTRATION_MS;
  const byNetwork = healthByNetwork(call, group, target, start);
  if (byNetwork) return { health: byNetwork, isCutOff: byNetwork.State === 'unhealthy' };

  const byBackend = healthByBackend(call, group, target);
  if (byBackend) return { health: byBackend, isCutOff: checkedPort(group, target) !== portOf(group, target) };

  return { State: 'healthy' };
}

/** The address of an instance that does not run, or of an interface without one, answers no health check. */
function silent(group: TargetGroupRow): TargetHealth {
  return familyOf(group.fields) === 'http'
    ? { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' }
    : { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' };
}

/** The instance that a target is, or whose address it is. */
function instanceOf({ ec2 }: RegionState, group: TargetGroupRow, { id }: TargetRow): InstanceRow | undefined {
  if (group.fields.TargetType === 'instance') return ec2.instances.get(id);
  if (group.fields.TargetType !== 'ip' || group.fields.VpcId === undefined) return undefined;

  return ec2.instances.get(holderOf(ec2, group.fields.VpcId, id)?.attachment?.InstanceId ?? '');
}

/** Whether a target is the address of an interface that is attached to nothing. */
function isDetached({ ec2 }: RegionState, { fields }: TargetGroupRow, { id }: TargetRow): boolean {
  const { TargetType: type, VpcId: vpcId } = fields;
  const holder = type === 'ip' && vpcId !== undefined ? holderOf(ec2, vpcId, id) : undefined;
  return holder !== undefined && !isHeld(holder);
}

function holderOf(ec2: RegionState['ec2'], vpcId: string, address: string): InterfaceRow | undefined {
  return ec2.interfaces.get(ec2.addresses.get(`${vpcId}/${address}`) ?? '');
}
