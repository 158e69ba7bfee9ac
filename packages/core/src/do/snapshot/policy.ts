import { InvalidInputError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import type { AllowedActions, PermissionsOfCloud, ReadPermission } from './permissions.js';

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
