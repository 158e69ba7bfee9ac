import type * as simulation from '../../simulation/dispatch/operation.js';
import type { SimulatedOperation } from '../../simulation/dispatch/operation.js';
import type { Rate } from '../../simulation/dispatch/dispatcher.js';
import type { AwsState, RegionState } from '../state/aws-state.js';

/**
 * Limits that the SDK's schemas do not carry: lengths, patterns, enums and numeric bounds, by member path. A path names
 * members of the input as the SDK spells them; `[]` steps into a list, `{}` into the values of a map:
 * `SubnetIds`, `SubnetIds[]`, `TlsConfig.ServerNameToVerify`, `Tags{}`.
 */
export interface MemberLimit {
  readonly required?: true;
  /** Length of a string or blob, number of items of a list or map. */
  readonly length?: readonly [min: number, max: number];
  readonly range?: readonly [min: number, max: number];
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

/** A bucket that depends on the input. One operation can have several: they differ by `bucket`. */
export interface OwnRate extends Rate {
  readonly bucket: string;
}

/**
 * One operation of one service, typed with the SDK's own types. It does not depend on HTTP, XML or JSON. It
 * throws {@link ServiceError} in the service's own words.
 */
export interface Operation<I = never, O = unknown> extends SimulatedOperation<AwsCall, I, O> {
  readonly service: ServiceName;
  readonly limits?: Readonly<Record<string, MemberLimit>>;
  /** Its own bucket, beside the service's (`facts`: CreateVpcLink 1 per 15 s). */
  readonly rate?: Rate | ((input: I) => OwnRate);
  /**
   * The gateway that a write holds while it is in progress (HTTP APIs: the API's id), so that a second one gets a 409.
   */
  readonly holds?: (input: I) => string | undefined;
  /** The action that IAM would ask for, such as `ec2:DescribeSubnets`; faults can deny it. By default `<prefix>:<name>`. */
  readonly permission?: string;
}

/**
 * An operation without its types, as the registry keeps it. Every `Operation<I, O>` is one. Its `run` cannot
 * be called before a codec or a caller has validated the input against the operation's schema.
 */
export type AnyOperation = Operation<never, unknown>;

/** What an operation is given beside its input. `id('vpc-')` gives `vpc-` and 17 hex digits. */
export interface AwsCall extends simulation.OperationCall<RegionState> {
  /** All of the simulated AWS account: every region. */
  readonly aws: AwsState;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** How the network carries the health checks of load balancers. */
  readonly networkChecks: NetworkChecks;
  /** That of each node of a load balancer of this region. */
  readonly reachedOf: ReachedOf;
}

export type TimerHandlers = simulation.TimerHandlers<AwsCall>;

/**
 * The simulated services, by the name in their endpoints' signatures. HTTP APIs and REST APIs are separate
 * services here.
 */
export type ServiceName =
  | 'apigateway'
  | 'apigatewayv2'
  | 'ec2'
  | 'elasticloadbalancingv2'
  | 'servicediscovery'
  | 'acm'
  | 'ecs'
  | 'directconnect'
  | 'sts'
  | 'servicequotas'
  | 'iam'
  | 'logs'
  | 'autoscaling'
  | 'route53';

/**
 * An error as the service sends it. `code` is the wire's code (`BadRequestException`, `InvalidSubnetID.NotFound`);
 * `fields` are the other members of the modelled shape.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** Whether a value is not in a list: the service may have more values by now. */
  isOfList = false;
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; by default 400. */
    readonly status: number = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The error for a value that is not in a list: the service may have more values by now. */
export const ofList = (error: ServiceError): ServiceError => Object.assign(error, { isOfList: true });

/** A function that makes errors of one code. */
export const errorsOf =
  (code: string, status?: number) =>
  (message: string): ServiceError =>
    new ServiceError(code, message, status);

/**
 * The error for a feature of the service that is not simulated. The status 501 distinguishes it from the
 * service's own answers.
 */
export const notSimulated = (what: string) => new ServiceError('NotImplemented', `${what} is not simulated.`, 501);

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';

  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

type TargetGroupRow = RegionState['loadBalancing']['targetGroups'] extends Map<string, infer Row> ? Row : never;
type TargetRow = TargetGroupRow['targets'][number];

/** Whether the network carries the health checks of one node to a target, since when, and how it was before. */
export interface Reached {
  readonly isOpen: boolean;
  /** Simulated milliseconds since the epoch; -Infinity where it was never seen otherwise. */
  readonly since: number;
  readonly before?: Reached | undefined;
}

/** How the network carries health checks to a target, from each node that checks it; none where nothing can stop them. */
export type ReachedOf = (group: TargetGroupRow, target: TargetRow) => readonly Reached[];

/** Where health checks begin: those of all nodes, or of the one that has an interface. */
export interface CheckedFrom {
  readonly aws: AwsState;
  readonly region: RegionState;
  readonly interfaceId?: string | undefined;
}

/** What follows the network for the health checks of load balancers. */
export interface NetworkChecks {
  readonly from: (place: CheckedFrom) => ReachedOf;
}

/** How many milliseconds of failed checks, and of passed ones, change the health of a target. */
interface Thresholds {
  readonly unhealthyMs: number;
  readonly healthyMs: number;
}

/**
 * Whether the checks of one node count a target as unhealthy because of the network. What was before they began is of no account.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function isCutOff({ isOpen, since, before }: Reached, start: number, times: Thresholds, now: number): boolean {
  const wasCutOff = before !== undefined && since > start && isCutOff(before, start, times, since);
  const lasts = now - Math.max(since, start);
  return isOpen ? wasCutOff && lasts < times.healthyMs : wasCutOff || lasts >= times.unhealthyMs;
}

/** Whether no check of a node has passed since the checks began. */
export function isUntried({ isOpen, since, before }: Reached, start: number): boolean {
  return !isOpen && (before === undefined || since <= start || isUntried(before, start));
}

/** The largest threshold, times the largest interval. */
const LONGEST_MS = 10 * 300_000;

/** Whether health by this history changes as time passes, without another change of the world. */
export const isMoving = ({ since }: Reached, now: number): boolean => now - since < LONGEST_MS;
