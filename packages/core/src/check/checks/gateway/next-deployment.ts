import type { Outcome } from '../../../do/findings/check.js';
import type { About } from '../../../do/findings/subject.js';
import type { Route } from '../../../do/model/route.js';
import type { RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { StageRoutes } from '../../../do/world/routes/deployed-routes.js';
import { stageText } from '../../../do/world/routes/route-on-stage.js';
import { sidesOf } from '../../../do/world/routes/setting-text.js';
import { differing } from './differing.js';
import { titleOf, type Declared, type RouteSay } from './route-findings.js';

/** What the next deployment changes of a route that is served as declared. Undefined: it takes the route away. */
export function nextOf(declared: Declared, live: Route | undefined): readonly RouteDifference[] | undefined {
  const { region } = declared.view.link;
  if (live === undefined) return region.missing('gateways', declared.gateway.id) === undefined ? undefined : [];

  return live.variables === undefined ? differing(declared, live) : [];
}

/**
 * A route that stages serve as declared, and that the gateway itself does not have so any more: a deployment has all routes as they are
 * then, whoever makes it. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export function deployedNext(
  say: RouteSay,
  { view, gateway, target, key }: Declared,
  about: About,
  found: readonly RouteDifference[] | undefined,
  { evidence, served }: { readonly evidence: Outcome['evidence']; readonly served: readonly StageRoutes[] },
): Outcome {
  const sides = found?.map((one) => sidesOf(one));
  return say.NEXT_DEPLOYMENT(
    about,
    {
      titleOf: titleOf(gateway),
      key,
      stages: served.map(stageText),
      differences: sides?.map(({ label, from, to }) => `${label} is ${to}, and becomes ${from}`) ?? [
        `the API has no route ${key} anymore`,
      ],
      gateway: gateway.id,
      target: target.target?.id ?? target.name,
      linkId: view.link.link?.id ?? view.link.name,
      wanted: sides?.map(({ label, to }) => `${label} ${to}`) ?? [],
      integration: view.name,
    },
    { evidence, words: { isAbsent: sides === undefined } },
  );
}
