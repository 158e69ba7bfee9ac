import type { Json } from '../../ground/json.js';
import type { SnapshotList } from './snapshot.js';

/**
 * One permission that reading a region needs. Without it, a gap whose `permission` is `action` results.
 */
export interface ReadPermission {
  /** As a policy of the cloud names it: `ec2:DescribeSubnets`, `apigateway:GET`, `ecs:DescribeSecurityGroups`. */
  readonly action: string;
  /**
   * Its resources, as written in a policy of the cloud: `*`, `arn:aws:apigateway:{region}::/vpclinks`.
   * `{region}` and `{account}` are replaced by those of the snapshot.
   */
  readonly resources: readonly string[];
  /**
   * The lists of a snapshot that are incomplete without it. Empty where it is needed before all reads, as for
   * `identity`.
   */
  readonly fills: readonly SnapshotList[];
  /** The operations that need it: `DescribeSubnets`. */
  readonly operations: readonly string[];
  /** The page with the source. */
  readonly source: string;
}

/** An action of policies that changes need, with the operations that the adapter calls. */
export interface WritePermission {
  readonly action: string;
  readonly operations: readonly string[];
  /** Whether only changes of an allowlist need it. */
  readonly ofAllowlist?: boolean | undefined;
}

/** Actions that are allowed on the same resources; both sorted. */
export interface AllowedActions {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What credentials must be allowed, for `postern snapshot --policy` and `postern doctor`. */
export interface PermissionsOfCloud {
  readonly read: readonly ReadPermission[];
  /** What `apply`, `destroy`, `allow`, `revoke` and `migrate` may call in addition. */
  readonly write: readonly WritePermission[];
  /** A policy that allows these actions and nothing else, in the format of the cloud: {@link policyOfVersion} where it has statements. */
  readonly document: (allowed: readonly AllowedActions[]) => { readonly [key: string]: Json };
  /** Whether a caller is allowed everything, by what the identity of a driver names it. */
  readonly isRoot?: ((principal: string) => boolean) | undefined;
}

/** Documents of a policy language with a version and statements, each with an effect, actions and resources. */
export function policyOfVersion(version: string): PermissionsOfCloud['document'] {
  return (allowed) => ({
    Version: version,
    Statement: allowed.map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: [...actions],
      Resource: [...resources],
    })),
  });
}
