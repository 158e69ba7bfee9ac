import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { routeTargetWords } from './words/route-target.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import type { Route } from '../../model/route.js';
import type { CheckInput, IntegrationView } from '../../world/views.js';
import { ofRoutesThere } from './routes-there.js';

const { fails, holds, unsure } = stating<(typeof routeTargetWords)['says']>();

/** An address and a port that an API calls without an authorization. */
const PLAIN = /^\d+(?:\.\d+){3}:\d+$/;

/** `gateway/route-target`. */
export const routeTarget: Judgement = {
  id: 'gateway/route-target',
  severity: 'error',
  run: (input) =>
    ofRoutesThere(
      input,
      (about, name, missing) => unsure(about, 'GATEWAY_NOT_READ', { integration: name }, missing),
      (view, route) => named(input, view, route),
    ),
};

function* named(input: CheckInput, { name, spec, link }: IntegrationView, route: Route): Generator<Statement> {
  const { key, id, targetId, owner } = route;
  // A route whose target is not in a network, or is a stage variable, names no authorization.
  if (targetId === undefined || PLAIN.test(targetId) || targetId.includes('#')) return;
  const about = aboutThings(name, thing('route', key));
  const evidence = [{ kind: 'route', id, text: `${key} names ${targetId}` }];
  const found = link.region.find('targets', targetId);
  if (found.is === 'found') {
    yield holds(input, about, 'TARGET_EXISTS', () => ({ params: { targetId, key }, evidence }));
  } else if (found.is === 'unknown') {
    yield unsure(about, 'TARGET_NOT_READ', { targetId, key }, found.missing, { evidence });
  } else {
    const isOurs = owner?.project === input.spec.project && spec.owner !== 'external';
    yield fails(about, 'TARGET_ABSENT', {
      params: { targetId, key, isOurs },
      evidence: [...evidence, { kind: 'authorization', id: targetId, text: 'does not exist' }],
    });
  }
}
