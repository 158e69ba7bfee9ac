import { aboutThings, thing, type About } from '../../findings/subject.js';
import { movesAsOne, stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { mayChange } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import { OF_THE_MARK, routeDifferences, type RouteDifference } from '../../world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { isNew, unseen } from '../../world/link-facts.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { undeployed } from './by-hand.js';
import { publishedDifferences } from './published-target.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

/** `gateway/live-route`. */
export const liveRoute: Check = {
  id: 'gateway/live-route',
  title: 'Routes lead where the spec says',
  severity: 'error',
  about:
    'Calls take the route that is there; the other checks judge the link and the target that the spec declares. `postern apply` never ' +
    'changes an integration of `owner: external`, so a route of one that is missing, or leads through another link or to another target, is an ' +
    'error. A path that is overwritten or kept against the spec is a warning. Of an API group the version that is published counts, not the draft. ' +
    'What a stage of an HTTP API shows that is deployed by hand no call tells: unknown. A route of this project that differs is a warning, since ' +
    '`postern apply` corrects it: until then the verdicts are of what will be. One that `postern apply` still has to make is no matter of this check; ' +
    'routes of other owners are that of `gateway/route-owner`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
  ],
  *run(input) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved, targets } = view;
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined) yield unsure(about, `the routes of ${name} lead where the spec says`, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      for (const target of targets) {
        for (const key of target.routeKeys) yield* judge(input, { view, gateway, target, key });
      }
      if (spec.owner === 'external') yield* undeployed(gateway, about);
    }
  },
};

interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
}

function* judge(input: CheckInput, declared: Declared): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const { name, spec, link } = view;
  const isExternal = spec.owner === 'external';
  const about = aboutThings(name, thing('route', key));
  const missing = link.region.missing('gateways', gateway.id);
  const there = routesByKey(gateway).get(key);
  if (there === undefined) {
    if (isExternal) yield lacking(declared, about, missing);
    return;
  }
  if (target.unresolved?.verdict === 'fail' || !(isExternal || mayChange(there.owner, input.spec))) return;
  const evidence = [{ kind: 'route', id: there.id, text: `${key} of ${titleOf(gateway)}` }];
  const whether = `${key} leads where the spec says`;
  if (target.unresolved !== undefined) {
    const what = `where target ${target.name} leads`;
    yield unsure(
      about,
      whether,
      { what, remedy: target.unresolved.remedy ?? 'Take the snapshot again.' },
      { evidence },
    );
    return;
  }
  const found = differences(input, declared, there);
  if ('what' in found) yield unsure(about, whether, found, { evidence });
  else if (found.length === 0) {
    yield holds(input, about, () => ({ message: `${key} of ${titleOf(gateway)} leads where the spec says`, evidence }));
  } else if (missing !== undefined && found.every(({ from }) => from === null)) {
    yield unsure(about, whether, missing, { evidence });
  } else yield other(declared, about, found, evidence);
}

/** In what the calls of a route take another path than declared, or the fact that is missing. What other checks say is left to them. */
function differences(
  input: CheckInput,
  { view, gateway, target, key }: Declared,
  there: Route,
): readonly RouteDifference[] | Missing {
  const { name, spec, link } = view;
  const stages = stagesOf(spec.gateway);
  const wanted = {
    link: link.name,
    linkId: link.link?.id,
    key,
    target: target.target,
    targetName: target.name,
    tls: target.spec.tls,
    path: target.spec.path ?? ('overwrite' as const),
    stages,
  };
  const found = routeDifferences(there, wanted, name).filter(
    ({ field }) =>
      !OF_THE_MARK.has(field) &&
      // `gateway/on-link` and `gateway/published` say these of an API group.
      !(field === 'link' && movesAsOne(gateway)) &&
      field !== 'stages',
  );
  const isExternal = spec.owner === 'external';
  if (movesAsOne(gateway)) {
    const published = publishedDifferences(input.spec, there, { found, stages });
    if (isExternal) return published;
    // A run publishes the draft, so what is not known of a publication does not matter.
    return found.length > 0 || 'what' in published ? found : published;
  }
  if (!isExternal) return found;
  if (there.targetId?.includes('${') !== true) return found;
  return { what: `the stage variable in ${there.targetId}`, remedy: `Look at where ${key} leads on each stage.` };
}

function lacking({ view, gateway, target, key }: Declared, about: About, missing: Missing | undefined): Outcome {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined) return unsure(about, `there is a route ${key}`, missing, { evidence });
  return fails(about, {
    message: `${titleOf(gateway)} has no route ${key}: its calls get 404, or what another route leads to`,
    evidence: [...evidence, { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
    remedy: `Have the owner of ${gateway.id} make ${key} again, leading to ${target.target?.id ?? target.name} through ${view.link.link?.id ?? view.link.name}, or remove it from ${place}.`,
  });
}

function other(
  { view, gateway, key }: Declared,
  about: About,
  found: readonly RouteDifference[],
  evidence: Outcome['evidence'],
): Outcome {
  const isExternal = view.spec.owner === 'external';
  const text = found.map(({ field, from, to }) => `${field} is ${from || 'none'}, the spec says ${to || 'none'}`);
  const onlyPath = found.every(({ field }) => field === 'path');
  const until = isExternal ? '' : '. The verdicts are of what is after `postern apply`';
  const wanted = found.map(({ field, to }) => `${field} ${to || 'none'}`);
  return fails(about, {
    message: `${key} of ${titleOf(gateway)} differs from the spec: ${text.join('; ')}${until}`,
    evidence: [
      ...evidence,
      ...found.map(({ field, from }) => ({ kind: `live ${field}`, id: from || 'none', text: key })),
    ],
    remedy: isExternal
      ? `Have the owner of ${gateway.id} change ${key}: ${wanted.join(', ')}. Or declare what is there under integrations.${view.name}.`
      : `Run \`postern apply\`: it changes ${key}.`,
    ...(onlyPath || !isExternal ? { severity: 'warning' as const } : {}),
  });
}

function titleOf({ id, name }: Gateway): string {
  return name === '' ? id : `${name} (${id})`;
}
