import { aboutThings, thing } from '../../findings/subject.js';
import type { Route } from '../../model/route.js';
import type { CheckInput, IntegrationView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { ofRoutesThere } from './routes-there.js';

/** An address and a port that an API calls without an authorisation. */
const PLAIN = /^\d+(?:\.\d+){3}:\d+$/;

/** `gateway/route-target`. */
export const routeTarget: Check = {
  id: 'gateway/route-target',
  title: 'The authorisation that an API names is there',
  severity: 'error',
  about:
    'An API of an API group names its backend by a VPC access authorisation. When that is removed, APIs that name it stay published and ' +
    'have no backend any more: each call fails. `postern apply` makes it again for what is ours.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess',
  ],
  run: (input) =>
    ofRoutesThere(
      input,
      (name) => `the authorisations of ${name} are there`,
      (view, route) => named(input, view, route),
    ),
};

function* named(input: CheckInput, { name, spec, link }: IntegrationView, route: Route): Generator<Outcome> {
  const { key, id, targetId, owner } = route;
  // What leads elsewhere than into a network, or by a variable of a stage, names no authorisation.
  if (targetId === undefined || PLAIN.test(targetId) || targetId.includes('#')) return;
  const about = aboutThings(name, thing('route', key));
  const evidence = [{ kind: 'route', id, text: `${key} names ${targetId}` }];
  const found = link.region.find('targets', targetId);
  if (found.is === 'found') {
    yield holds(input, about, () => ({ message: `${targetId}, which ${key} names, is there`, evidence }));
  } else if (found.is === 'unknown') {
    yield unsure(about, `${targetId}, which ${key} names, is there`, found.missing, { evidence });
  } else {
    const isOurs = owner?.project === input.spec.project && spec.owner !== 'external';
    yield fails(about, {
      message: `there is no authorisation ${targetId}, which ${key} names: what is published of it has lost its backend`,
      evidence: [...evidence, { kind: 'authorisation', id: targetId, text: 'is not there' }],
      remedy: isOurs
        ? `Run \`postern apply\`: it makes an authorisation again, and leads ${key} to it.`
        : `Make an authorisation named ${targetId} again, or lead ${key} to another one.`,
    });
  }
}
