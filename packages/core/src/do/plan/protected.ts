import { isTemporaryRoute } from '../kinds/gateway/temporary-route.js';
import type { Gateway } from '../model/gateway.js';
import type { Spec } from '../spec.js';
import { SPEC_REMOVED, type PlanScope } from './plan-scope.js';
import { routeKeyOf, type RouteChanges } from './route-changes.js';
import { type LinkPlan } from './links/link-plan.js';
import { isAdopted, isProtected } from './links/link-marks.js';
import type { Problems } from '../world/resolve/problems.js';
import { keptForMoney } from './removal/remove-links.js';

/** Refuses the plan where it deletes routes of an integration that the spec protects: `PROTECTED`. */
export function refuseProtectedRoutes(
  scope: PlanScope,
  { unpublished }: Pick<RouteChanges, 'unpublished'>,
  gateway: Gateway,
  spec: Spec,
  problems: Problems,
): void {
  for (const { id, key, owner } of gateway.routes) {
    if (!unpublished.has(routeKeyOf(gateway, id)) || isTemporaryRoute({ key })) continue;
    const name = Object.entries(spec.integrations).find(
      ([one, { protect }]) => protect === true && one === owner?.integration,
    )?.[0];
    if (name === undefined) continue;
    const declare = scope.reason === SPEC_REMOVED ? '' : 'Declare that route, or ';
    problems.add('PROTECTED', `integrations.${name}`, `route ${key} of ${gateway.id} is protected`, {
      remedy: `${declare === '' ? 'Remove' : `${declare}remove`} \`protect\` from integration ${name} first.`,
    });
  }
}

/**
 * Refuses the plan where a protected link would be deleted because a replacement is created: `PROTECTED`.
 * Where the replacement exists already, the protected one is kept with a note. `kept`: the IDs of the kept
 * links.
 */
export function keptProtected(
  scope: PlanScope,
  plan: LinkPlan,
  problems: Problems,
): { readonly kept: ReadonlySet<string>; readonly notes: readonly string[] } {
  const { resolved, current, replaced } = plan;
  const { name, spec } = resolved;
  const kept = new Set<string>();
  const notes: string[] = [];
  for (const link of replaced) {
    if (spec.protect !== true && !isProtected(link)) continue;
    if (isAdopted(link) || link.state === 'deleting' || keptForMoney(scope, resolved.region, link) !== undefined)
      continue;
    kept.add(link.id);
    if (current !== undefined) {
      notes.push(`link ${link.id} is not declared and is protected: it is kept`);
      continue;
    }
    problems.add(
      'PROTECTED',
      `links.${name}`,
      `link ${link.id} is protected, and the changes of the spec need a new link in its place`,
      { remedy: `Keep the link as it is, or remove \`protect\` from link ${name}, apply that, and then change it.` },
    );
  }
  return { kept, notes };
}
