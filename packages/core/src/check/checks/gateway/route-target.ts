import { aboutThings, thing } from '../../../do/findings/subject.js';
import type { Route } from '../../../do/model/route.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { ofRoutesThere } from './routes-there.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** An address and a port that an API calls without an authorization. */
const PLAIN = /^\d+(?:\.\d+){3}:\d+$/;

/** `gateway/route-target`. */
export const routeTarget = defineCheck({
  id: 'gateway/route-target',
  severity: 'error',
  title: 'The VPC access authorization that an API names exists',
  about:
    'A route can name its backend by a VPC access authorization. If that authorization is deleted, routes ' +
    'that name it stay published without a backend: each call fails. `postern apply` recreates it for routes ' +
    'that this project manages.',
  codes: ['GATEWAY_NOT_READ', 'TARGET_EXISTS', 'TARGET_NOT_READ', 'TARGET_ABSENT'],
  run: (input, say) =>
    ofRoutesThere(
      input,
      (about, name, missing) =>
        say.unknown(
          about,
          'GATEWAY_NOT_READ',
          { integration: name },
          missing,
          (p) => `the authorizations of ${p.integration} exist`,
        ),
      (view, route) => named(say, input, view, route),
    ),
});

function* named(say: Say, input: CheckInput, { name, spec, link }: IntegrationView, route: Route): Generator<Outcome> {
  const { key, id, targetId, owner } = route;
  // A route whose target is not in a network, or is a stage variable, names no authorization.
  if (targetId === undefined || PLAIN.test(targetId) || targetId.includes('#')) return;
  const about = aboutThings(name, thing('route', key));
  const evidence = [{ kind: 'route', id, text: `${key} names ${targetId}` }];
  const found = link.region.find('targets', targetId);
  if (found.is === 'found') {
    yield say.pass(
      about,
      'TARGET_EXISTS',
      () => ({ targetId, key }),
      (p) => ({ message: `authorization ${p.targetId}, which ${p.key} names, exists`, evidence }),
    );
  } else if (found.is === 'unknown') {
    yield say.unknown(about, 'TARGET_NOT_READ', { targetId, key }, found.missing, (p) => ({
      whether: `authorization ${p.targetId}, which ${p.key} names, exists`,
      evidence,
    }));
  } else {
    const isOurs = owner?.project === input.spec.project && spec.owner !== 'external';
    yield say.fail(about, 'TARGET_ABSENT', { targetId, key, isOurs }, (p) => ({
      message: `authorization ${p.targetId} does not exist, and ${p.key} names it: the published API has no backend`,
      remedy: p.isOurs
        ? `Run \`postern apply\`: it recreates the authorization and sets it as the backend of ${p.key}.`
        : `Recreate an authorization named ${p.targetId}, or change ${p.key} to another one.`,
      mendedBy: p.isOurs ? 'apply' : undefined,
      evidence: [...evidence, { kind: 'authorization', id: targetId, text: 'does not exist' }],
    }));
  }
}
