import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { gatewayPublishedWords } from './words/published.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import type { Route } from '../../model/route.js';
import type { CheckInput, IntegrationView } from '../../world/views.js';
import { ofRoutesThere } from './routes-there.js';

const { fails, holds, unsure } = stating<(typeof gatewayPublishedWords)['says']>();

/** `gateway/published`. */
export const gatewayPublished: Judgement = {
  id: 'gateway/published',
  severity: 'error',
  run: (input) =>
    ofRoutesThere(
      input,
      (about, name, missing) => unsure(about, 'GATEWAY_NOT_READ', { integration: name }, missing),
      (view, route) => published(input, view, route),
    ),
};

function* published(input: CheckInput, view: IntegrationView, route: Route): Generator<Statement> {
  const { name, spec, gateway, link } = view;
  const { key, id, stages, publishedOn } = route;
  const isOurs = route.owner?.project === input.spec.project;
  // `gateway/route-owner` reports a route of another owner that differs from the spec.
  if (!isOurs && spec.owner !== 'external') return;
  const about = aboutThings(name, thing('route', key));
  const named = stagesOf(spec.gateway);
  const wanted = named?.filter((stage) => gateway?.stages.some((one) => one.name === stage));
  // An API whose draft is published can be called. Without `publishedOn` in the snapshot the other stages are not known.
  const callable = publishedOn ?? stages;
  const evidence = [{ kind: 'route', id, text: `${key}, published on ${callable?.join(', ') || 'no stage'}` }];
  const lacking = wanted?.filter((stage) => callable?.includes(stage) !== true) ?? [];
  if (lacking.length === 0 && (wanted !== undefined || (callable?.length ?? 0) > 0)) {
    yield holds(input, about, 'PUBLISHED', () => ({ params: { key, callable }, evidence }));
  } else if (publishedOn === undefined) {
    const what = `the list of stages on which ${key} is published`;
    const missing = link.region.missing('gateways', gateway?.id) ?? { what, remedy: 'Take the snapshot again.' };
    yield unsure(about, 'STAGES_NOT_READ', { key }, missing, { evidence });
  } else if (wanted === undefined) {
    yield fails(about, 'PUBLISHED_NOWHERE', {
      params: { key, owner: spec.owner, integration: name },
      evidence,
      ...(spec.owner === 'external' ? {} : { severity: 'warning' as const }),
    });
  } else {
    yield fails(about, 'STAGES_LACKING', {
      params: { key, lacking, isOurs, owner: spec.owner, integration: name },
      evidence,
    });
  }
}
