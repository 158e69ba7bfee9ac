import { aboutThings, thing } from '../../findings/subject.js';
import { stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import { mayChange } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import { foreignRoute, routeDifferences, type ForeignRoute } from '../../world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { isNew, unseen } from '../../world/link-facts.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

/** `gateway/route-owner`. */
export const routeOwner: Check = {
  id: 'gateway/route-owner',
  title: "No route that is to be made stands in somebody else's place",
  severity: 'error',
  about:
    'A gateway has one route for each method and path. One that is not of this project is never changed: where it leads elsewhere than ' +
    'the spec declares, or in another way, `postern plan` refuses to make the declared one. A route that leads where it should already is left alone. Of an ' +
    'API group drafts count, too, which nobody can call yet.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  *run(input) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (spec.owner === 'external') continue; // nothing of it is made
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      const whether = `the routes of ${name} are in nobody's place`;
      if (unread !== undefined) yield unsure(about, whether, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      const byKey = routesByKey(gateway);
      const missing = link.region.missing('gateways', gateway.id);
      let isFree = true;
      for (const target of view.targets) {
        for (const key of target.routeKeys) {
          const there = byKey.get(key);
          if (there === undefined || mayChange(there.owner, input.spec)) continue;
          const foreign = refusal(input, view, target, there);
          if (foreign === undefined) continue;
          isFree = false;
          yield 'what' in foreign
            ? unsure(aboutThings(name, thing('route', key)), `${key} leads where it should already`, foreign)
            : fails(aboutThings(name, thing('route', key)), {
                message: `${foreign.message}, and leads elsewhere than declared: \`postern apply\` refuses to make ${key}`,
                evidence: [{ kind: 'route', id: there.id, text: `${key} of ${gateway.name || gateway.id}` }],
                remedy: foreign.remedy,
              });
        }
      }
      if (!isFree) continue;
      if (missing !== undefined) yield unsure(about, whether, missing);
      else {
        yield holds(input, about, () => ({
          message: `no route of ${name} is in anybody's place`,
          evidence: [{ kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
        }));
      }
    }
  },
};

/** Why the route that is there keeps the declared one from being made, or the fact without which nobody can say. */
function refusal(
  { spec: by }: CheckInput,
  { name, spec, link }: IntegrationView,
  { name: targetName, spec: declared, target, unresolved }: TargetView,
  there: Route,
): ForeignRoute | Missing | undefined {
  if (unresolved?.verdict === 'fail') return undefined; // a plan comes no further than that
  const wanted = {
    link: link.name,
    linkId: link.link?.id,
    key: there.key,
    target,
    targetName,
    tls: declared.tls,
    path: declared.path ?? ('overwrite' as const),
    stages: stagesOf(spec.gateway),
  };
  const foreign = foreignRoute(by, there, routeDifferences(there, wanted, name));
  if (foreign === undefined || unresolved === undefined) return foreign;
  return { what: `where target ${targetName} leads`, remedy: unresolved.remedy ?? 'Take the snapshot again.' };
}
