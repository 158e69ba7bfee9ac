import { aboutThings, thing } from '../../findings/subject.js';
import { stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import type { Route } from '../../model/route.js';
import type { CheckInput, IntegrationView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { ofRoutesThere } from './routes-there.js';

/** `gateway/published`. */
export const gatewayPublished: Check = {
  id: 'gateway/published',
  title: 'The APIs of the group are published on the stages that the spec names',
  severity: 'error',
  about:
    'An API of an API group is called on the stages on which it is published, and as it was when it was published: a draft that nobody ' +
    'published answers nobody. `postern apply` publishes what it makes, on the stages that the spec ' +
    'names; where it names none, an API that is published nowhere is a warning, or an error where the integration is `owner: external`. APIs that are not there yet are no matter of this check.',
  sources: ['https://help.aliyun.com/document_detail/43611.html'],
  run: (input) =>
    ofRoutesThere(
      input,
      (name) => `the APIs of ${name} are published`,
      (view, route) => published(input, view, route),
    ),
};

function* published(input: CheckInput, view: IntegrationView, route: Route): Generator<Outcome> {
  const { name, spec, gateway, link } = view;
  const { key, id, stages, publishedOn } = route;
  const isOurs = route.owner?.project === input.spec.project;
  // A route of somebody else's that is not as declared stands in the way: another check says that.
  if (!isOurs && spec.owner !== 'external') return;
  const about = aboutThings(name, thing('route', key));
  const named = stagesOf(spec.gateway);
  const wanted = named?.filter((stage) => gateway?.stages.some((one) => one.name === stage));
  // One that is shown as it is can be called; of a snapshot that does not say the rest, the rest is not known.
  const callable = publishedOn ?? stages;
  const evidence = [{ kind: 'route', id, text: `${key}, published on ${callable?.join(', ') || 'no stage'}` }];
  const lacking = wanted?.filter((stage) => callable?.includes(stage) !== true) ?? [];
  if (lacking.length === 0 && (wanted !== undefined || (callable?.length ?? 0) > 0)) {
    yield holds(input, about, () => ({ message: `${key} is published on ${callable?.join(', ') ?? ''}`, evidence }));
  } else if (publishedOn === undefined) {
    const what = `on which stages ${key} is published`;
    const missing = link.region.missing('gateways', gateway?.id) ?? { what, remedy: 'Take the snapshot again.' };
    yield unsure(about, `${key} is published`, missing, { evidence });
  } else if (wanted === undefined) {
    yield fails(about, {
      message: `${key} is published on no stage: nobody can call it`,
      evidence,
      remedy:
        spec.owner === 'external'
          ? `Have its owner publish ${key}, or remove it from integrations.${name}.routes.`
          : `Publish ${key}, or write the stages under integrations.${name}.gateway.stages and run \`postern apply\`.`,
      ...(spec.owner === 'external' ? {} : { severity: 'warning' as const }),
    });
  } else {
    yield fails(about, {
      message: `${key} is not published on ${lacking.join(', ')}: calls there find no such API`,
      evidence,
      remedy:
        isOurs && spec.owner !== 'external'
          ? 'Run `postern apply`: it publishes it.'
          : `Publish ${key} on ${lacking.join(', ')}, or write the stages on which it is called under integrations.${name}.gateway.stages.`,
    });
  }
}
