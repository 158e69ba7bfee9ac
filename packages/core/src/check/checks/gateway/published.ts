import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Route } from '../../../do/model/route.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { ofRoutesThere } from './declared-route.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  GATEWAY_NOT_READ: unknown('the APIs of {integration} are published'),
  PUBLISHED: pass('{key} is published on {callable|no stage}'),
  STAGES_NOT_READ: unknown('{key} is published'),
  PUBLISHED_NOWHERE: fail(
    '{key} is not published on any stage: it cannot be called',
    [
      'if owner=external: Ask its owner to publish {key}, or remove it from integrations.{integration}.routes.',
      'Publish {key}, or write the stages under integrations.{integration}.gateway.stages and run `postern apply`.',
    ],
    undefined,
    'Publish {key} on the stages on which it is called.',
  ),
  STAGES_LACKING: fail(
    '{key} is not published on {lacking}: calls there get the error that the API does not exist',
    [
      'if isByApply: Run `postern apply`: it publishes the API.',
      'Publish {key} on {lacking}, or write the stages on which it is called under integrations.{integration}.gateway.stages.',
    ],
    undefined,
    'Publish {key} on {lacking}.',
  ),
};

export const gatewayPublished = defineCheck({
  id: 'gateway/published',
  severity: 'error',
  title: 'Routes that are published one by one are published on the declared stages',
  about:
    'Where routes are published one by one, a stage serves the published version of a route. A draft that was ' +
    'never published does not answer calls. `postern apply` publishes the routes that it creates on the ' +
    'stages that the spec names. If the spec names no stage, a route that is published on no stage is a ' +
    'warning, or an error where the integration is `owner: external`. This check ignores routes that do not ' +
    'exist yet.',
  codes: CODES,
  run: (input, say) =>
    ofRoutesThere(
      input,
      (about, name, missing) => say.GATEWAY_NOT_READ(about, { integration: name }, missing),
      (view, route) => published(say, input, view, route),
    ),
});

function* published(
  say: Say<typeof CODES>,
  input: CheckInput,
  view: IntegrationView,
  route: Route,
): Generator<Outcome> {
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
    yield say.PUBLISHED(about, { key, callable }, evidence);
  } else if (publishedOn === undefined) {
    const what = `the list of stages on which ${key} is published`;
    const missing = link.region.missing('gateways', gateway?.id) ?? { what, remedy: 'Take the snapshot again.' };
    yield say.STAGES_NOT_READ(about, { key }, missing, evidence);
  } else if (wanted === undefined) {
    yield say.PUBLISHED_NOWHERE(
      about,
      { key, owner: spec.owner, integration: name },
      { evidence, severity: spec.owner === 'external' ? undefined : 'warning' },
    );
  } else {
    const isByApply = isOurs && spec.owner !== 'external';
    yield say.STAGES_LACKING(
      about,
      { key, lacking, isOurs, owner: spec.owner, integration: name },
      { evidence, mendedBy: isByApply ? 'apply' : undefined, words: { isByApply } },
    );
  }
}
