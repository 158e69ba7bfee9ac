import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import type { Route } from '../../../do/model/route.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { ofRoutesThere } from './declared-route.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

/** An address and a port that an API calls without an authorization. */
const PLAIN = /^\d+(?:\.\d+){3}:\d+$/;

const CODES = {
  GATEWAY_NOT_READ: unknown('the authorizations of {integration} exist'),
  TARGET_EXISTS: pass('authorization {targetId}, which {key} names, exists'),
  TARGET_NOT_READ: unknown('authorization {targetId}, which {key} names, exists'),
  TARGET_ABSENT: fail('authorization {targetId} does not exist, and {key} names it: the published API has no backend', [
    'if isOurs: Run `postern apply`: it recreates the authorization and sets it as the backend of {key}.',
    'Recreate an authorization named {targetId} and publish {key} again, or change {key} to another one.',
  ]),
};

export const routeTarget = defineCheck({
  id: 'gateway/route-target',
  severity: 'error',
  title: 'The VPC access authorization that an API names exists',
  about:
    'A route can name its backend by a VPC access authorization. If that authorization is deleted, routes that name it stay published without a backend: each call fails. `postern apply` recreates it for routes that this project manages.',
  codes: CODES,
  run: (input, say) =>
    ofRoutesThere(
      input,
      (about, name, missing) => say.GATEWAY_NOT_READ(about, { integration: name }, missing),
      (view, route) => named(say, input, view, route),
    ),
});

function* named(
  say: Say<typeof CODES>,
  input: CheckInput,
  { name, spec, link }: IntegrationView,
  route: Route,
): Generator<Outcome> {
  const { key, id, targetId, owner } = route;
  // A route whose target is not in a network, or is a stage variable, names no authorization.
  if (targetId === undefined || PLAIN.test(targetId) || targetId.includes('#')) return;

  const about = aboutThings(name, thing('route', key));
  const evidence = [{ kind: 'route', id, text: `${key} names ${targetId}` }];
  const found = link.region.find('targets', targetId);
  if (found.is === 'found') {
    yield say.TARGET_EXISTS(about, { targetId, key }, evidence);
  } else if (found.is === 'unknown') {
    yield say.TARGET_NOT_READ(about, { targetId, key }, found.missing, evidence);
  } else {
    const isOurs = owner?.project === input.spec.project && spec.owner !== 'external';
    yield say.TARGET_ABSENT(
      about,
      { targetId, key, isOurs },
      {
        mendedBy: isOurs ? 'apply' : undefined,
        evidence: [...evidence, { kind: 'authorization', id: targetId, text: 'does not exist' }],
      },
    );
  }
}
