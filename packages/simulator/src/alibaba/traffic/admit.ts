import type { Journey } from '../../simulation/traffic/gateway-call.js';
import type { CalledDomain } from '../callers/answered.js';
import { applicationOf, isThrottledByPlugin, unverified } from './admission.js';
import { identify } from './application/application.js';
import { callBackend } from './backend-call.js';
import { digestProblem, parameterProblem } from './check-parameters.js';
import { errorAnswer, type Failure } from './gateway-error.js';
import { refusedAddress } from './plugins/addresses.js';
import { cacheOf, keepAnswer } from './plugins/caching.js';
import { countError, openCircuit } from './plugins/circuit-breaker.js';
import { routedApi } from './plugins/routing.js';
import { mappedError, refusedByRules, withoutPassword } from './plugins/rules.js';
import { tokenOf } from './plugins/tokens.js';
import type { Looked } from './plugins/values.js';
import { answeredBy, ended, notSimulated, withHeaders, type Ground, type Received } from './received.js';
import { unknownSystemParameter } from './request-to-backend.js';
import { SentParameters } from './sent-parameters.js';

/** Who calls an API, and whether they may: applications, addresses, passwords, tokens, rules, limits, parameters. The order is [I]. */
export function admit(ground: Ground, called: CalledDomain, received: Received): Journey {
  const { match, requestId, trace } = received;
  const { route } = match;
  const fail = (failure: Failure): Journey => ended(errorAnswer(failure, requestId, trace));
  const caller = identify(ground, called.state.cloudApi, route, received.call);
  if ('failure' in caller) return fail(caller.failure);
  const app = 'app' in caller ? caller.app : undefined;
  const refused = refusedAddress(route, received.call, app) ?? withoutPassword(route, received.call);
  if (refused) return fail(refused);
  const token = tokenOf(ground, route, received.call);
  if ('failure' in token) return fail(token.failure);
  if ('undecided' in token) return notSimulated(token.undecided, 'unauthorized', trace);
  const { call, added, claims } = token;
  const looked: Looked = { call, match, app, trace, claims };
  const ruled = refusedByRules(looked, requestId);
  if (ruled && 'answer' in ruled) return ended(ruled.answer);
  const throttled = isThrottledByPlugin(ground.admits, route, applicationOf(call.headers));
  if (throttled) return fail(throttled);
  const undecided = unverified(route) ?? ('undecided' in caller ? caller.undecided : ruled?.undecided);
  if (undecided !== undefined) return notSimulated(undecided, 'unauthorized', trace);
  const { parameters } = route.service;
  const unknown = unknownSystemParameter(parameters);
  if (unknown !== undefined)
    return notSimulated(`System parameter ${unknown} is not simulated.`, 'no-integration', trace);
  const sent = new SentParameters(call, match.values, parameters.isStream);
  const wrong = digestProblem(call) ?? parameterProblem(parameters, sent);
  return wrong ? fail(wrong) : pass(ground, called, { ...received, call, app, added }, looked);
}

/** A call that may be made: by a cache, or by the backend, which the plug-in `routing` may choose. */
function pass(ground: Ground, { state, domain }: CalledDomain, received: Received, looked: Looked): Journey {
  const { served, instance, requestId, trace } = received;
  if (served.plugins.length === 0) return callBackend(ground, received);
  const { memory, now } = ground;
  const open = instance.kind === 'shared' ? undefined : openCircuit(looked, memory, now());
  if (open) return ended(errorAnswer(open, requestId, trace));
  const cache = cacheOf(looked, domain.kind === 'public');
  if (served.plugins.some(({ type }) => type === 'caching' || type === 'circuitBreaker')) {
    ground.decisions.differByCall();
  }
  const kept = cache && memory.answer(cache.key, now());
  if (kept) return ended(withHeaders(kept, { 'X-Ca-Request-Id': requestId, 'X-Ca-Caching': 'true' }));
  return answeredBy(callBackend(ground, { ...received, served: routedApi(state, looked) }), (answer) => {
    countError(looked, memory, now(), answer);
    if (cache) keepAnswer(cache, memory, now(), answer);
    return mappedError(answer, looked);
  });
}
