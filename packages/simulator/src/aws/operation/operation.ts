import type { SimulatedOperation } from '../../simulation/dispatch/operation.js';
import type { Rate } from '../../simulation/dispatch/token-buckets.js';
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
   * The gateway that a write holds while it is in progress (HTTP APIs: the API's id), so that a second one
   * gets a 409.
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
