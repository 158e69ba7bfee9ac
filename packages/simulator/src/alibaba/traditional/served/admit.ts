import { createHash } from 'node:crypto';
import type { GatewayCall, Journey, GatewayAnswer } from '../../../simulation/traffic/gateway-call.js';
import type { Parameters } from './parameters.js';
import type { CalledDomain } from '../../callers/answered.js';
import { applicationOf, isThrottledByPlugin, unverified } from './admission.js';
import { identify } from './application/application.js';
import { callBackend } from './backend-call.js';
import { refusedAddress, routedApi, mappedError, refusedByRules, withoutPassword } from './plugins/rules.js';
import { tokenOf, type Looked, holds, valuesOf } from './plugins/condition.js';
import { errorAnswer, type Failure, type Ground, type Received } from './received.js';
import { SentParameters, unknownSystemParameter } from './request-to-backend.js';
import { textOf, type JsonObject } from '../../state/json-object.js';
import { FORM } from '../../traffic/signed-text.js';
import { answeredBy, ended, notSimulated, withHeaders } from '../../traffic/journey.js';
import { ownValue } from '../../../simulation/own-value.js';
import { bodyOf, listIn, numberIn, textIn, type Body } from './plugins/body.js';
import type { PluginMemory } from './plugins/memory.js';

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

/** How an answer is kept, and for how long, in seconds. */
interface Cache {
  readonly key: string;
  readonly seconds: number;
  readonly headers: ReadonlySet<string>;
}

const LONGEST_SECONDS = 172_800;
const KEPT_HEADERS = ['x-ca-request-id', 'content-type', 'content-encoding', 'content-language'];

/**
 * Where the plug-in `caching` keeps the answer of a call: GET alone, and not at the group's own domain. Calls of other paths, and other
 * values of what it varies by, are kept apart; that the whole path counts is [U]. `Cache-Control` of callers is ignored, as by default.
 * @see https://help.aliyun.com/document_detail/103231.html
 */
function cacheOf({ match, call, app, trace }: Looked, isOwnDomain: boolean): Cache | undefined {
  const { published } = match.route;
  const body = bodyOf(published, 'caching');
  if (!body || call.method !== 'GET' || isOwnDomain) return undefined;

  const by = textIn(body, 'varyByApp') === 'true' ? String(app?.AppId ?? '') : '';
  const key = JSON.stringify([published.api.id, trace.stage, call.path.split('?', 1)[0], by, ...variedBy(body, call)]);
  const seconds = Math.min(numberIn(body, 'duration') ?? 0, LONGEST_SECONDS);
  const more = listIn(body, 'cacheableHeaders').map((name) => name.toLowerCase());
  return { key, seconds, headers: new Set([...KEPT_HEADERS, ...more]) };
}

function variedBy(body: Body, { headers, path }: GatewayCall): readonly string[] {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  return [
    ...listIn(body, 'varyByParameters').map((name) => query.get(name) ?? ownValue(headers, name.toLowerCase()) ?? ''),
    ...listIn(body, 'varyByHeaders').map((name) => ownValue(headers, name.toLowerCase()) ?? ''),
  ];
}

/** Keeps an answer of a backend, as its `Cache-Control` says, or else for the seconds of the plug-in. Only status 200 [U]. */
function keepAnswer({ key, seconds, headers }: Cache, memory: PluginMemory, now: number, answer: GatewayAnswer): void {
  const control = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'cache-control')?.[1];
  const said = String(control ?? '');
  const [, age] = /max-age=(\d+)/.exec(said) ?? [];
  const kept = /no-store|no-cache|private/.test(said) ? 0 : Math.min(Number(age ?? seconds), LONGEST_SECONDS);
  if (answer.status !== 200 || kept <= 0) return;

  const shown = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => headers.has(name.toLowerCase())));
  memory.keep(key, { ...answer, headers: shown }, now + kept * 1000);
}

const keyOf = ({ match, trace }: Looked): string => `${match.route.published.api.id}/${trace.stage}`;

/**
 * Whether the plug-in `circuitBreaker` stops a call: its backend has failed too often. What it calls in place of the backend is not
 * simulated, nor the breaker that each API has without a plug-in: 1,000 timeouts in 30 seconds.
 * @see https://www.alibabacloud.com/help/doc-detail/154199.htm
 */
function openCircuit(looked: Looked, memory: PluginMemory, now: number): Failure | undefined {
  if (!bodyOf(looked.match.route.published, 'circuitBreaker') || !memory.isOpen(keyOf(looked), now)) return undefined;

  return { code: 'D503CB', outcome: 'timeout', because: 'The circuit breaker of the API is open.' };
}

/** Counts an answer that is an error: a timeout, or what `errorCondition` says. */
function countError(looked: Looked, memory: PluginMemory, now: number, answer: GatewayAnswer): void {
  const body = bodyOf(looked.match.route.published, 'circuitBreaker');
  if (!body) return;

  const condition = textIn(body, 'errorCondition');
  const isError =
    condition === '' ? answer.outcome === 'timeout' : holds(condition, valuesOf(body, { ...looked, answer })) === true;
  if (!isError) return;

  memory.failed(keyOf(looked), now, {
    windowMs: (numberIn(body, 'windowInSeconds') ?? 30) * 1000,
    most: numberIn(body, condition === '' ? 'timeoutThreshold' : 'errorThreshold') ?? 1000,
    openMs: (numberIn(body, 'openTimeoutSeconds') ?? 90) * 1000,
  });
}
