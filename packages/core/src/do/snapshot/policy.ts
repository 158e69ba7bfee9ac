import { InvalidInputError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import type { SnapshotList } from './snapshot.js';

/** The account and region that a policy is restricted to; a missing member means any (`*`). */
export interface PolicyPlace {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * The policy that allows what reading a region needs and nothing else, in the format of the cloud. Actions and resources are sorted,
 * and actions on the same resources are together, so that the same permissions always give the same document.
 * @throws {InvalidInputError} `INVALID_INPUT` for an empty list of permissions.
 */
export function policyDocument(
  { read, document }: Pick<PermissionsOfCloud, 'read' | 'document'>,
  place: PolicyPlace = {},
): { readonly [key: string]: Json } {
  if (read.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', 'policy: no permission is listed', {
      remedy: 'Add what the driver reads to `read` of the permissions of the cloud.',
    });
  }

  return document(allowedOf(resourcesByAction(read, place)));
}

function resourcesByAction(permissions: readonly ReadPermission[], place: PolicyPlace): Map<string, Set<string>> {
  const byAction = new Map<string, Set<string>>();
  for (const { action, resources } of permissions) {
    const all = byAction.get(action) ?? new Set<string>();
    for (const resource of resources) {
      all.add(resource.replaceAll('{region}', place.region ?? '*').replaceAll('{account}', place.account ?? '*'));
    }
    byAction.set(action, all);
  }
  return byAction;
}

function allowedOf(byAction: ReadonlyMap<string, ReadonlySet<string>>): readonly AllowedActions[] {
  const allowed = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const action of [...byAction.keys()].sort()) {
    const all = byAction.get(action) ?? new Set();
    const resources = all.has('*') ? ['*'] : [...all].sort(); // `*` holds all the others
    const key = JSON.stringify(resources);
    const statement = allowed.get(key) ?? { actions: [], resources };
    statement.actions.push(action);
    allowed.set(key, statement);
  }
  return [...allowed.values()];
}

/** One permission that reading a region needs. Without it, a gap whose `permission` is `action` results. */
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
  /** Whether only shifts need it: `apply` never calls it. */
  readonly ofShift?: boolean | undefined;
}

/** Actions that are allowed on the same resources; both sorted. */
export interface AllowedActions {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What credentials must be allowed, for `postern snapshot --policy` and `postern doctor`. */
export interface PermissionsOfCloud {
  readonly read: readonly ReadPermission[];
  /** What a snapshot with flow logs needs in addition; undefined where the adapter reads none. */
  readonly flowLogs?: readonly ReadPermission[] | undefined;
  /** What `apply`, `destroy`, `allow`, `revoke`, `migrate` and `shift` may call in addition. */
  readonly write: readonly WritePermission[];
  /** A policy that allows these actions and nothing else, in the format of the cloud. */
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
