import { fewText } from '../../../ground/text/few-text.js';
import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { PosternError } from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';
import type { Plan, Step } from '../plan.js';

/** The routes that an apply deletes although the spec declares none at all; empty where it declares some, or deletes none. */
export function allRoutesOf({ goal, units }: Pick<Plan, 'goal' | 'units'>, spec: Spec): readonly string[] {
  const declares = Object.values(spec.integrations).some(({ routes }) => Object.keys(routes).length > 0);
  if (goal !== 'apply' || declares) return [];
  return units.flatMap(({ steps }) => steps.filter(isRouteDeletion).map(({ resource }) => resource.name));
}

/**
 * Refuses to apply a spec without any route where routes of the project are live: the file was probably cut off.
 * @throws {PosternError} `DELETES_ALL_ROUTES`, with their keys in `details.routes`.
 */
export function refuseAllRoutes(plan: Pick<Plan, 'goal' | 'units'>, spec: Spec): void {
  const routes = allRoutesOf(plan, spec);
  if (routes.length === 0) return;
  throw new PosternError(
    'DELETES_ALL_ROUTES',
    `the spec declares no routes, and this would delete all: ${fewText(routes, 5)}`,
    {
      remedy:
        'Check that the spec is complete. If these routes are to go, add --delete-all-routes (`deleteAllRoutes`), or run destroy.',
      details: { routes: [...routes] },
    },
  );
}

/** What a gateway has that no route uses has no id of its own. */
function isRouteDeletion({ kind, resource }: Step): boolean {
  return (
    kind === 'delete' &&
    resource.type === 'route' &&
    resource.id !== undefined &&
    !isTemporaryRoute({ key: resource.name })
  );
}
