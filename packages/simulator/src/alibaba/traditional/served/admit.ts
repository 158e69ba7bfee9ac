import { createHash } from 'node:crypto';
import type { GatewayCall, Journey } from '../../../simulation/traffic/gateway-call.js';
import { errorAnswer, type Failure } from './gateway-error.js';
import type { Parameters } from './parameters.js';
import { SentParameters } from './sent-parameters.js';
import type { CalledDomain } from '../../callers/answered.js';
import { applicationOf, isThrottledByPlugin, unverified } from './admission.js';
import { identify } from './application/application.js';
import { callBackend } from './backend-call.js';
import { refusedAddress, routedApi } from './plugins/addresses.js';
import { cacheOf, keepAnswer } from './plugins/caching.js';
import { countError, openCircuit } from './plugins/circuit-breaker.js';
import { mappedError, refusedByRules, withoutPassword } from './plugins/rules.js';
import { tokenOf } from './plugins/tokens.js';
import type { Looked } from './plugins/condition.js';
import type { Ground, Received } from './received.js';
import { unknownSystemParameter } from './request-to-backend.js';
import { textOf, type JsonObject } from '../../state/json-object.js';
import { FORM } from '../../traffic/signed-text.js';
import { answeredBy, ended, notSimulated, withHeaders } from '../../traffic/journey.js';
import { ownValue } from '../../../simulation/own-value.js';

/**
 * Why a call is refused for one of its declared parameters: a required one is missing, or one is not as its declaration says. The outcome
 * is `no-route`: the API does not take such a call, whatever is behind it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
 */
function parameterProblem(
  { declared, isUnchecked }: Parameters,
  sent: Pick<SentParameters, 'get'>,
): Failure | undefined {
  if (isUnchecked) return undefined;

  for (const parameter of declared) {
    const { name, isRequired, defaultValue, rules } = parameter;
    const [value] = sent.get(parameter);
    if (value === undefined) {
      if (!isRequired || defaultValue !== '') continue;

      return { code: 'I400MP', detail: name, outcome: 'no-route', because: `Parameter ${name} is required.` };
    }

    const rule = brokenRule(rules, value);
    if (rule === undefined) continue;

    return { code: 'I400IP', detail: name, outcome: 'no-route', because: `Parameter ${name} does not have ${rule}.` };
  }
  return undefined;
}

const WHOLE = /^[+-]?\d{1,19}$/;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const TYPES: Readonly<Record<string, (value: string) => boolean>> = {
  INT: (value) => WHOLE.test(value) && Math.abs(Number(value)) <= 2 ** 31,
  INTEGER: (value) => WHOLE.test(value) && Math.abs(Number(value)) <= 2 ** 31,
  LONG: (value) => WHOLE.test(value),
  FLOAT: (value) => DECIMAL.test(value),
  DOUBLE: (value) => DECIMAL.test(value),
  BOOLEAN: (value) => /^(true|false)$/i.test(value),
};

/** The member of a declaration that a value does not have. */
function brokenRule(rules: JsonObject, value: string): string | undefined {
  const type = textOf(rules, 'ParameterType').toUpperCase();
  if (ownValue(TYPES, type)?.(value) === false) return `the type ${textOf(rules, 'ParameterType')}`;

  const isNumber = type in TYPES && type !== 'BOOLEAN';
  const size = isNumber ? Number(value) : value.length;
  const [least, most] = isNumber ? (['MinValue', 'MaxValue'] as const) : (['MinLength', 'MaxLength'] as const);
  const limit = (name: string): number => Number.parseFloat(textOf(rules, name));
  if (size < limit(least)) return `${least} ${limit(least)}`;
  if (size > limit(most)) return `${most} ${limit(most)}`;

  const values = textOf(rules, 'EnumValue');
  if (values !== '' && !values.split(',').includes(value)) return `one of the values ${values}`;

  const pattern = patternOf(textOf(rules, 'RegularExpression'));
  return pattern && !pattern.test(value) ? `the form ${pattern.source}` : undefined;
}

/** Undefined for none, and for an expression that JavaScript does not have: the service's syntax is Java's [I]. */
function patternOf(text: string): RegExp | undefined {
  try {
    return text === '' ? undefined : new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}

/**
 * Whether `Content-MD5` is not the one of the body. It is for bodies that are not forms.
 * @see https://github.com/aliyun/api-gateway-demo-sign-java (README, public error codes: "Invalid Content-MD5")
 */
function digestProblem({ headers, body }: GatewayCall): Failure | undefined {
  const { 'content-md5': given, 'content-type': type = '' } = headers;
  if (given === undefined || type.startsWith(FORM)) return undefined;

  const own = createHash('md5').update(body).digest('base64');
  if (body.length > 0 && given === own) return undefined;

  const because = body.length === 0 ? 'The call has Content-MD5 and no body.' : `The body's Content-MD5 is ${own}.`;
  return { code: 'I400I5', outcome: 'no-route', because };
}

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
  if (served.plugins.some(({ PluginType: type }) => type === 'caching' || type === 'circuitBreaker')) {
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
