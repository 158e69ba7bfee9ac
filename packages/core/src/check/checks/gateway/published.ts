import { aboutThings, thing } from '../../../do/findings/subject.js';
import { stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Route } from '../../../do/model/route.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { ofRoutesThere } from './routes-there.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `gateway/published`. */
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
  codes: ['GATEWAY_NOT_READ', 'PUBLISHED', 'STAGES_NOT_READ', 'PUBLISHED_NOWHERE', 'STAGES_LACKING'],
  run: (input, say) =>
    ofRoutesThere(
      input,
      (about, name, missing) =>
        say.unknown(
          about,
          'GATEWAY_NOT_READ',
          { integration: name },
          missing,
          (p) => `the APIs of ${p.integration} are published`,
        ),
      (view, route) => published(say, input, view, route),
    ),
});

function* published(say: Say, input: CheckInput, view: IntegrationView, route: Route): Generator<Outcome> {
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
    yield say.pass(
      about,
      'PUBLISHED',
      () => ({ key, callable }),
      (p) => ({ message: `${p.key} is published on ${p.callable?.join(', ') ?? ''}`, evidence }),
    );
  } else if (publishedOn === undefined) {
    const what = `the list of stages on which ${key} is published`;
    const missing = link.region.missing('gateways', gateway?.id) ?? { what, remedy: 'Take the snapshot again.' };
    yield say.unknown(about, 'STAGES_NOT_READ', { key }, missing, (p) => ({
      whether: `${p.key} is published`,
      evidence,
    }));
  } else if (wanted === undefined) {
    yield say.fail(about, 'PUBLISHED_NOWHERE', { key, owner: spec.owner, integration: name }, (p) => ({
      message: `${p.key} is not published on any stage: it cannot be called`,
      remedy:
        p.owner === 'external'
          ? `Ask its owner to publish ${p.key}, or remove it from integrations.${p.integration}.routes.`
          : `Publish ${p.key}, or write the stages under integrations.${p.integration}.gateway.stages and run \`postern apply\`.`,
      evidence,
      ...(spec.owner === 'external' ? {} : { severity: 'warning' as const }),
    }));
  } else {
    yield say.fail(about, 'STAGES_LACKING', { key, lacking, isOurs, owner: spec.owner, integration: name }, (p) => ({
      message: `${p.key} is not published on ${p.lacking.join(', ')}: calls there get the error that the API does not exist`,
      remedy:
        p.isOurs && p.owner !== 'external'
          ? 'Run `postern apply`: it publishes the API.'
          : `Publish ${p.key} on ${p.lacking.join(', ')}, or write the stages on which it is called under integrations.${p.integration}.gateway.stages.`,
      mendedBy: p.isOurs && p.owner !== 'external' ? 'apply' : undefined,
      evidence,
    }));
  }
}
