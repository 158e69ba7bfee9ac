import { InvalidInputError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import type { SnapshotList } from './snapshot.js';

/**
 * One permission that reading a region needs, as its adapter lists it (`readPolicy`). Without it, a gap whose
 * `permission` is `action` results.
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

/** The account and region that a policy is restricted to; a missing member means any (`*`). */
export interface PolicyPlace {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** The version of a cloud's policy language. */
const VERSIONS: Readonly<Record<string, string>> = {
  aws: '2012-10-17', // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  alibaba: '1', // https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
};

/**
 * The policy that allows these permissions and nothing else, in the provider's format: an IAM policy (`aws`)
 * or a RAM policy (`alibaba`). Actions and resources are sorted, and actions on the same resources share a
 * statement, so that the same permissions always give the same document.
 * @throws {InvalidInputError} `INVALID_INPUT` for another provider, or for an empty list of permissions.
 */
export function policyDocument(
  provider: string,
  permissions: readonly ReadPermission[],
  place: PolicyPlace = {},
): { readonly [key: string]: Json } {
  const version = Object.hasOwn(VERSIONS, provider) ? VERSIONS[provider] : undefined;
  if (version === undefined || permissions.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', `policy: nothing is known of what reading ${provider} needs`, {
      remedy: `Name one of ${Object.keys(VERSIONS).join(', ')}.`,
    });
  }
  return { Version: version, Statement: statementsOf(resourcesByAction(permissions, place)) };
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

function statementsOf(byAction: ReadonlyMap<string, ReadonlySet<string>>): Json[] {
  const statements = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const action of [...byAction.keys()].sort()) {
    const all = byAction.get(action) ?? new Set();
    const resources = all.has('*') ? ['*'] : [...all].sort(); // `*` holds all the others
    const key = JSON.stringify(resources);
    const statement = statements.get(key) ?? { actions: [], resources };
    statement.actions.push(action);
    statements.set(key, statement);
  }
  return [...statements.values()].map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: [...resources],
  }));
}
