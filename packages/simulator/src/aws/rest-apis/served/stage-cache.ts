import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { GatewayAnswer, Journey } from '../../../simulation/traffic/gateway-call.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import { httpDate } from '../../../simulation/time/time.js';
import { gatewayAnswer } from '../control/execution/gateway-answer.js';
import { sourceOf } from '../control/execution/mapped-value.js';
import { lengthOf } from '../../traffic/front.js';
import { answer, failing, type Visit, type Refusal } from './integrate.js';
import { ownValue } from '../../../simulation/own-value.js';
import { anyCovers } from '../../connects/blocks.js';
import { isPermitted } from '../../traffic/caller-headers.js';
import type { RestApiCopy } from '../control/state.js';
import { partitionOf } from '../../operation/operation.js';

// How a cache answers: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html

/** "The maximum size of a response that can be cached is 1048576 bytes." */
const LARGEST_ENTRY = 1_048_576;
/** How the answers to a call are cached. */
interface Caching {
  readonly settings: MethodSetting;
  readonly ttlMs: number;
  readonly since: number;
}

/**
 * The settings for all methods cache those of GET alone; another method needs its own. A TTL of 0 caches nothing. Streams are not
 * cached, and neither is a canary that does not use the stage's cache [I].
 */
function cachingOf({ ground, view, call, stage, route, settings: { own, all }, isCanary }: Visit): Caching | undefined {
  const settings = own ?? (call.method === 'GET' ? all : undefined);
  if (settings?.cachingEnabled !== true || route.method.methodIntegration?.responseTransferMode === 'STREAM')
    return undefined;
  if (isCanary && stage.canarySettings?.useStageCache !== true) return undefined;

  const cluster = ground.region.restApi.apis.get(view.fields.id)?.stages.get(stage.stageName);
  const ttlMs = (settings.cacheTtlInSeconds ?? 300) * 1000;
  if (cluster?.cacheClusterStatus !== 'AVAILABLE' || ttlMs === 0) return undefined;

  return { settings, ttlMs, since: cluster.cacheSince ?? 0 };
}

/**
 * Answers a call from the cache of its stage, or runs it and stores what its backend answers, whatever status that has. A
 * deployment leaves the cache as it is [I]; what the gateway answers itself is not stored [I].
 */
export function throughCache(visit: Visit, run: () => Journey): Journey {
  const caching = cachingOf(visit);
  if (!caching) return run();

  const { ground, call } = visit;
  ground.decisions.differByCall();
  const asksAnew = /(?:^|,)\s*max-age=0\s*(?:,|$)/i.test(call.headers['cache-control'] ?? '');
  const isIgnored = asksAnew && !mayInvalidate(visit, caching);
  const strategy = caching.settings.unauthorizedCacheControlHeaderStrategy;
  if (isIgnored && strategy === 'FAIL_WITH_403') return { answer: forbiddenInvalidation(visit) };

  return failing(visit, () => {
    const key = keyOf(visit);
    const found = asksAnew && !isIgnored ? undefined : ground.cache.find(key, caching.since, ground.now());
    const journey = found === undefined ? answering(run(), store(key, caching)) : { answer: again(found) };
    return isIgnored && strategy !== 'SUCCEED_WITHOUT_RESPONSE_HEADER' ? answering(journey, warned) : journey;
  });

  function store(entryKey: string, { ttlMs }: Caching) {
    return (made: GatewayAnswer): GatewayAnswer => {
      const now = ground.now();
      const isOwn = made.outcome === 'no-integration' || 'x-amzn-ErrorType' in made.headers;
      const isKept = !isOwn && !made.stream && lengthOf(made.body) <= LARGEST_ENTRY;
      if (isKept) ground.cache.put(entryKey, { answer: made, storedAt: now, until: now + ttlMs });
      return made;
    };
  }

  /** With the IDs and the date of this call. The call comes to no link and no target. */
  function again({ headers, ...cached }: GatewayAnswer): GatewayAnswer {
    const { requestId, extendedId, trace } = visit;
    const own = { Date: httpDate(ground.now()), 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedId };
    return {
      ...cached,
      headers: mergedHeaders(headers, own),
      because: 'The answer is from the cache of the stage.',
      trace,
    };
  }
}

/** The header is [M] as clients of others report it. */
function warned(made: GatewayAnswer): GatewayAnswer {
  const Warning = '199 Cache-control headers were ignored because the caller was unauthorized.';
  return { ...made, headers: { ...made.headers, Warning } };
}

function answering(journey: Journey, change: (made: GatewayAnswer) => GatewayAnswer): Journey {
  if ('answer' in journey) return { ...journey, answer: change(journey.answer) };

  return { ...journey, finish: (result) => change(journey.finish(result)) };
}

/**
 * Whether the caller may have an answer from the backend in place of a cached one: everyone may, where the method does not ask; those
 * whom the resource policy allows `execute-api:InvalidateCache`; and callers who signed, since policies of IAM are not simulated.
 */
function mayInvalidate(visit: Visit, { settings }: Caching): boolean {
  if (settings.requireAuthorizationForCacheControl === false) return true;

  return visit.route.method.authorizationType === 'AWS_IAM' || allowsAction(visit, 'execute-api:InvalidateCache');
}

/** The type and the text are [U]. */
function forbiddenInvalidation(visit: Visit): GatewayAnswer {
  const because = 'The caller may not invalidate the cache, and the method refuses such calls.';
  const refused = gatewayAnswer(visit.copy, 'ACCESS_DENIED', visit.request);
  return answer(visit, refused, { outcome: 'unauthorized', because, trace: visit.trace });
}

/**
 * Methods with one `cacheNamespace` share their answers. Calls that differ only in other parameters share one answer, also where those
 * are of the path. That calls with another verb have their own is [I].
 */
function keyOf({ ground, view, call, stage, route, request }: Visit): string {
  const {
    cacheNamespace = route.resource.id,
    cacheKeyParameters = [],
    requestParameters = {},
  } = route.method.methodIntegration ?? {};
  const values = cacheKeyParameters.map((name) => {
    const source = name.startsWith('method.request.') ? name : ownValue(requestParameters, name);
    return [name, source === undefined ? [] : sourceOf(source)(request)] as const;
  });
  return JSON.stringify([ground.region.name, view.fields.id, stage.stageName, cacheNamespace, call.method, values]);
}

/** What a resource policy looks at. */
export interface Asked {
  /** `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/pets`. */
  readonly arn: string;
  readonly sourceIp: string;
  /** The VPC endpoint of a call to a private API. */
  readonly vpcEndpointId: string | undefined;
}

/** What a policy says of a call; `unsaid`: no statement is about it. */
export type Verdict = 'allow' | 'deny' | 'unsaid';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const INVOKE = 'execute-api:Invoke';

const policies = new WeakMap<RestApiCopy, readonly Statement[]>();

/**
 * What an API's resource policy says of an anonymous call. Conditions on `aws:SourceIp`, `aws:SourceVpce` and
 * `aws:SourceVpc` are evaluated; calls have no VPC of their own. A statement with another condition, or for named
 * principals only, is taken to deny where it denies, and does not allow.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function verdictOf(copy: RestApiCopy, asked: Asked, action = INVOKE): Verdict {
  const about = statementsOf(copy).filter((statement) => concerns(statement, asked, action));
  if (about.some((statement) => statement.Effect === 'Deny' && holds(statement, asked) !== false)) return 'deny';

  return about.some((statement) => statement.Effect === 'Allow' && holds(statement, asked) === true)
    ? 'allow'
    : 'unsaid';
}

function statementsOf(copy: RestApiCopy): readonly Statement[] {
  const known = policies.get(copy);
  if (known) return known;

  const { Statement: given = [] } = JSON.parse(copy.policy ?? '{}') as { readonly Statement?: Statement | Statement[] };
  const statements = [given].flat();
  policies.set(copy, statements);
  return statements;
}

function concerns({ Action, Resource, NotResource }: Statement, { arn }: Asked, action: string): boolean {
  if (!texts(Action).some((one) => like(one.toLowerCase(), action.toLowerCase()))) return false;
  if (NotResource !== undefined) return !texts(NotResource).some((pattern) => like(pattern, arn));

  return texts(Resource).some((pattern) => like(pattern, arn));
}

/** Whether a policy denies the call, whoever makes it. */
function deniesAll(copy: RestApiCopy, asked: Asked): boolean {
  return statementsOf(copy).some(
    (one) =>
      one.Effect === 'Deny' &&
      isForAll(one) &&
      Object.keys(one.Condition ?? {}).length === 0 &&
      concerns(one, asked, INVOKE),
  );
}

function isForAll({ Principal }: Statement): boolean {
  return Principal === '*' || texts((Principal as { AWS?: unknown } | undefined)?.AWS).includes('*');
}

/** Whether a statement holds for an anonymous call; undefined where that cannot be determined. */
function holds(statement: Statement, asked: Asked): boolean | undefined {
  const { Condition = {} } = statement;
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => meets(operator, key, texts(values), asked)),
  );
  if (conditions.includes(false)) return false;

  return isForAll(statement) && !conditions.includes(undefined) ? true : undefined;
}

function meets(operator: string, key: string, values: readonly string[], asked: Asked): boolean | undefined {
  const [, isNot, kind] = /^(?:String)?(Not)?(Equals|Like|IpAddress)$/.exec(operator) ?? [];
  const known = { 'aws:sourceip': asked.sourceIp, 'aws:sourcevpce': asked.vpcEndpointId, 'aws:sourcevpc': undefined };
  if (kind === undefined || !Object.hasOwn(known, key.toLowerCase())) return undefined;

  const value = known[key.toLowerCase() as keyof typeof known];
  const fits =
    value !== undefined &&
    values.some((one) => (kind === 'IpAddress' ? anyCovers([block(one)], value) : like(one, value)));
  return isNot === undefined ? fits : !fits;
}

/** A single address is a block, too. */
const block = (text: string): string => (text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(text);
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}

/**
 * Refuses a call that the API's resource policy denies, or does not allow where only it can. A private API without a
 * policy allows no calls. A signed call of a method with IAM is allowed by the caller's own permissions, too.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function policyRefusal(visit: Visit): Refusal | undefined {
  const { ground, view, copy, route } = visit;
  const isPrivate = view.fields.endpointConfiguration?.types?.[0] === 'PRIVATE';
  if (copy.policy === undefined && !isPrivate) return undefined;

  const { account } = ground;
  const { prefix, place, asked } = askedBy(visit);
  const verdict = verdictOf(copy, asked);
  if (verdict === 'allow' || (isPermitted(visit.call) && !deniesAll(copy, asked))) return undefined;
  if (verdict === 'unsaid' && route.method.authorizationType === 'AWS_IAM' && !isPrivate) return undefined;

  const shown = `${prefix}********${account.slice(-4)}:${place}`; // the account as the service shows it
  const explicit = verdict === 'deny' ? ' with an explicit deny' : '';
  return {
    type: 'ACCESS_DENIED',
    outcome: 'unauthorized',
    because: `The resource policy of API ${view.fields.id} ${verdict === 'deny' ? 'denies' : 'does not allow'} the call.`,
    message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${shown}${explicit}`,
  };
}

function askedBy({ ground, view, stage, call, request, vpcEndpointId }: Visit) {
  const { account, region } = ground;
  const place = `${view.fields.id}/${stage.stageName}/${call.method}${request.path}`;
  const prefix = `arn:${partitionOf(region.name)}:execute-api:${region.name}:`;
  const asked: Asked = { arn: `${prefix}${account}:${place}`, sourceIp: call.sourceIp, vpcEndpointId };
  return { prefix, place, asked };
}

/** Whether the resource policy allows a caller another action than the call itself. */
function allowsAction(visit: Visit, action: string): boolean {
  return verdictOf(visit.copy, askedBy(visit).asked, action) === 'allow';
}
