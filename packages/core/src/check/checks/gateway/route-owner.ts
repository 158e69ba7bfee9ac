import { fail, pass, unknown } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { mayChange } from '../../../do/model/marks.js';
import type { Route } from '../../../do/model/route.js';
import { foreignRoute, routeDifferences, type ForeignRoute } from '../../../do/world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../../do/world/views.js';
import { isNew, unseen } from '../../../do/world/link-facts.js';
import { unadoptable } from '../../../do/world/routes/custom-domains.js';
import { routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { unreadGateway, unreadTarget } from './unread.js';
import { wantedOf } from './declared-route.js';
import { defineCheck } from '../define-check.js';

export const routeOwner = defineCheck({
  id: 'gateway/route-owner',
  severity: 'error',
  title: 'No route key to be created is used by a route of another owner',
  about:
    'A gateway has one route for each method and path. Postern never changes a route that is not managed by this project. If such a route differs from the spec, or belongs to another project, `postern plan` refuses the declared route. An unmanaged route that matches the spec is not changed.',
  codes: {
    ROUTES_NOT_READ: unknown('the route keys of {integration} are used by routes of other owners'),
    ROUTE_NOT_READ: unknown('{key} matches the spec'),
    ROUTE_TAKEN: fail('{message}: `postern apply` refuses to create {key}', '{remedy}'),
    ROUTES_FREE: pass('the route keys of {integration} are not used by routes of other owners'),
  },
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (spec.owner === 'external') continue; // Postern creates nothing of it

      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      if (unread !== undefined) yield say.ROUTES_NOT_READ(about, { integration: name }, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;

      const byKey = routesByKey(link.region, gateway);
      const missing = link.region.missing('gateways', gateway.id);
      let isFree = true;
      for (const target of view.targets) {
        for (const key of target.routeKeys) {
          const existing = byKey.get(key);
          if (existing === undefined || mayChange(existing.owner, input.spec)) continue;

          const foreign = refusal(input, view, target, existing);
          if (foreign === undefined) continue;

          isFree = false;
          yield 'what' in foreign
            ? say.ROUTE_NOT_READ(aboutThings(name, thing('route', key)), { key }, foreign)
            : say.ROUTE_TAKEN(
                aboutThings(name, thing('route', key)),
                { message: foreign.message, key, remedy: foreign.remedy },
                [{ kind: 'route', id: existing.id, text: `${key} of ${gateway.name || gateway.id}` }],
              );
        }
      }
      if (!isFree) continue;

      if (missing !== undefined) yield say.ROUTES_NOT_READ(about, { integration: name }, missing);
      else {
        yield say.ROUTES_FREE(about, { integration: name }, [
          { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` },
        ]);
      }
    }
  },
});

/** Why the existing route prevents the creation of the declared one, or the missing fact. */
function refusal(
  { spec: by }: CheckInput,
  view: IntegrationView,
  target: TargetView,
  existing: Route,
): ForeignRoute | Missing | undefined {
  const { unresolved } = target;
  if (unresolved?.verdict === 'fail') return undefined; // the plan fails there already

  const differences = routeDifferences(existing, wantedOf(view, target, existing.key), view.name);
  const { spec, gateway } = view;
  const foreign =
    spec.adopt === true && existing.owner === undefined && gateway !== undefined
      ? unadoptable(gateway, spec, existing, differences)
      : foreignRoute(by, existing, differences);
  if (foreign === undefined || unresolved === undefined) return foreign;

  return unreadTarget(target.name, unresolved);
}
