import { stating, type Judgement } from '../../findings/statement.js';
import type { routeOwnerWords } from './words/route-owner.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { mayChange } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import { foreignRoute, routeDifferences, type ForeignRoute } from '../../world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../world/views.js';
import { isNew, unseen } from '../../world/link-facts.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway, unreadTarget } from './unread.js';
import { wantedOf } from './wanted.js';

const { fails, holds, unsure } = stating<(typeof routeOwnerWords)['says']>();

/** `gateway/route-owner`. */
export const routeOwner: Judgement = {
  id: 'gateway/route-owner',
  severity: 'error',
  *run(input) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (spec.owner === 'external') continue; // Postern creates nothing of it
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      if (unread !== undefined) yield unsure(about, 'ROUTES_NOT_READ', { integration: name }, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      const byKey = routesByKey(link.region, gateway);
      const missing = link.region.missing('gateways', gateway.id);
      let isFree = true;
      for (const target of view.targets) {
        for (let at = 0; at < target.routeKeys.length; at += 1) {
          const key = target.routeKeys[at] as string;
          const there = byKey.get(key);
          if (there === undefined || mayChange(there.owner, input.spec)) continue;
          const foreign = refusal(input, view, target, there);
          if (foreign === undefined) continue;
          isFree = false;
          yield 'what' in foreign
            ? unsure(aboutThings(name, thing('route', key)), 'ROUTE_NOT_READ', { key }, foreign)
            : fails(aboutThings(name, thing('route', key)), 'ROUTE_TAKEN', {
                params: { message: foreign.message, key, remedy: foreign.remedy },
                evidence: [{ kind: 'route', id: there.id, text: `${key} of ${gateway.name || gateway.id}` }],
              });
        }
      }
      if (!isFree) continue;
      if (missing !== undefined) yield unsure(about, 'ROUTES_NOT_READ', { integration: name }, missing);
      else {
        yield holds(input, about, 'ROUTES_FREE', () => ({
          params: { integration: name },
          evidence: [{ kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
        }));
      }
    }
  },
};

/** Why the existing route prevents the creation of the declared one, or the missing fact. */
function refusal(
  { spec: by }: CheckInput,
  view: IntegrationView,
  target: TargetView,
  there: Route,
): ForeignRoute | Missing | undefined {
  const { unresolved } = target;
  if (unresolved?.verdict === 'fail') return undefined; // the plan fails there already
  const foreign = foreignRoute(by, there, routeDifferences(there, wantedOf(view, target, there.key), view.name));
  if (foreign === undefined || unresolved === undefined) return foreign;
  return unreadTarget(target.name, unresolved);
}
