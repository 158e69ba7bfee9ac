import type { AwsCall } from './call.js';
import type { ServiceName } from './service-name.js';

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

/** How often an operation may be called by one account in one region. */
export interface OperationRate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * One operation of one service: a function from the world and the input to the output, typed with the SDK's own types.
 * It knows nothing of HTTP, XML or JSON. It throws {@link ServiceError} in the service's own words.
 */
export interface Operation<I = never, O = unknown> {
  readonly service: ServiceName;
  /** As the SDK spells it: `CreateVpcLink`. */
  readonly name: string;
  /** Whether it changes anything; concurrent writes to one HTTP API collide, stale reads concern reads only. */
  readonly kind: 'read' | 'write';
  readonly limits?: Readonly<Record<string, MemberLimit>>;
  /** Its own bucket, beside the service's (`facts`: CreateVpcLink 1 per 15 s). */
  readonly rate?: OperationRate;
  /** The gateway that a write holds while it is under way (HTTP APIs: the API's id), so that a second one gets a 409. */
  readonly holds?: (input: I) => string | undefined;
  /** The action that IAM would ask for, such as `ec2:DescribeSubnets`; faults can deny it. By default `<prefix>:<name>`. */
  readonly permission?: string;
  readonly run: (call: AwsCall, input: I) => O;
}

/** Gives an operation its types. */
export function operation<I, O>(definition: Operation<I, O>): Operation<I, O> {
  return definition;
}
