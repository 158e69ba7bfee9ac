import { none, oneOf, optional, strict, type Infer } from '../forms/form.js';
import { set } from '../forms/lists.js';
import { flag, number, optionalFlag, optionalText, raw, strings, text } from '../forms/resource-values.js';
import { amount } from '../forms/values.js';
import type { GatewayRef, LinkRef } from './reference.js';
import { owner, type Claim } from './owner.js';
import { targetTlsShape, type TargetTls, type TargetUse } from './target.js';

const routeParametersShape = { path: none(strings), query: none(strings), header: none(strings) };

/** Where parts of a call to a backend come from, by the name of the part: `{ header: { 'x-tenant': 'header.tenant' } }`. */
export interface RouteParameters extends Infer<typeof routeParametersShape> {}

const throttleShape = {
  /** Calls per second, as a mean. */
  rate: none(number),
  /** How many calls may come at once. */
  burst: none(number),
};

/** Above which calls a gateway refuses them with its own status 429. A member that is missing has no limit of its own. */
export interface Throttle extends Infer<typeof throttleShape> {}

export const throttle = none(strict<Throttle>()(throttleShape));

/** As a spec declares it. */
export const declaredThrottle = optional(strict<Throttle>()({ rate: optional(amount), burst: optional(amount) }));

export const routeSettingsShape = {
  /** The `Host` of calls to the backend. */
  host: none(text),
  /** How long the gateway waits for an answer, in milliseconds. */
  timeoutMs: none(number),
  /** A value is `path.NAME`, `query.NAME`, `header.NAME` of the call, or a constant in single quotes: `'eu'`. */
  parameters: none(strict<RouteParameters>()(routeParametersShape)),
  /** `none`, `iam`, or the ID of an authorizer of the gateway. */
  authorizer: none(text),
  /** Scopes, one of which a caller's token must have. */
  scopes: none(set(text)),
  /** Whether callers need an API key. */
  apiKey: none(flag),
  /** Whether answers are passed on while they arrive. */
  stream: none(flag),
  /** Of clouds that keep it with the stage (`GatewayKindTraits.throttledAt`), routes of a snapshot have none: see `Stage.throttles`. */
  throttle,
};

/** Settings of a route besides its target. One that a spec does not write is not managed: it stays as it is. */
export interface RouteSettings extends Infer<typeof routeSettingsShape> {}

/** A key that is missing was not read. */
const byName: typeof strings = { ...strings, members: {} };

export const routeShape = {
  id: text,
  gatewayId: text,
  /** `METHOD /path`, `ANY /x/{proxy+}` or `$default`. */
  key: text,
  /** Undefined where the route's target is not in a network. */
  linkId: none(text),
  /** The id of the {@link Target}: an ARN, or an authorization's id. */
  targetId: none(text),
  tls: none(strict<TargetTls>()(targetTlsShape)),
  path: none(oneOf('overwrite', 'keep')),
  /** Whether its backend gets the path of the call, because nothing writes another one. Undefined: not read, or it does not. */
  keepsPath: optionalFlag,
  /** The path that its integration writes, with variables as those of keys: `/api/{any+}`. Undefined: none, or not read. */
  writtenPath: optionalText,
  /** The method that its backend gets, where that is not the method of the call: the integration has its own. */
  method: optionalText,
  /** Whether the gateway accepts any certificate of the backend that is of the right name and has not expired. */
  anyAuthority: optionalFlag,
  /** What its integration lacks, so that callers get an error of the gateway for an answer of the backend. */
  lacks: optional(oneOf('response')),
  /**
   * The parameters that fill variables of the backend's URI and have no value, so that callers get an error of the gateway: each
   * with the value that fits, or empty where the route has none.
   */
  unfilled: optional(byName),
  settings: optional(strict<RouteSettings>()(routeSettingsShape)),
  /** The stage variables that its link or its target is named by. */
  variables: none(set(text)),
  /** The cloud's resource between route and target, which several routes may share: an HTTP API's integration. */
  integrationId: none(text),
  /** The stages that show the route as it is now, where a cloud publishes routes one by one. */
  stages: optional(set(text)),
  /** The stages on which it can be called at all, as it is or as it was; undefined where that was not read. */
  publishedOn: optional(set(text)),
  /**
   * By stage: the ID of the published version's target, which may differ from the draft's, or the address or
   * kind of a backend outside of every network. Undefined, also of one stage: not read.
   */
  publishedTargets: optional(byName),
  /**
   * By stage: the plug-ins that may send its calls to a backend of their own, in place of its target. Which calls those are is
   * not evaluated.
   */
  routedBy: optional(byName),
  /** Whether the route can be called without any authorization; undefined where that was not read. */
  open: optionalFlag,
  /** The cloud's own name for how callers are authenticated: `NONE`, `JWT`, `ANONYMOUS`, `APP`. */
  authorization: optionalText,
  owner,
  raw,
};

/** A gateway's path and its backend. */
export interface Route extends Infer<typeof routeShape> {}

/**
 * The method of {@link Route} from the method of its integration: undefined where that is `ANY`, or that of the route, so that
 * the backend gets the method of the call.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-integration-settings.html
 */
export function sentMethod(key: string, sends: string | undefined): string | undefined {
  const method = sends?.toUpperCase();
  if (method === undefined || method === '' || method === 'ANY') return undefined;

  return key.startsWith(`${method} `) ? undefined : method;
}

/** What `routes.create` and `routes.update` need. */
export interface RouteRequest {
  readonly gateway: GatewayRef;
  readonly key: string;
  readonly link: LinkRef;
  readonly use: TargetUse;
  readonly settings?: RouteSettings | undefined;
  readonly owner: Claim;
  /** Stages to publish to, where a cloud publishes routes one by one; on other clouds it is not used. */
  readonly stages?: readonly string[] | undefined;
  /**
   * An earlier call that creates this route may have ended in the middle, says the journal or the call's own lost answer. What
   * such a call leaves behind without a mark then counts as created by it.
   */
  readonly resumes?: boolean | undefined;
  /**
   * Of a temporary route: the key of the route whose integration it copies, as that is and as this request changes it. It is called
   * with GET, and variables of the path have the values of a probe.
   */
  readonly copies?: string | undefined;
  /**
   * The keys of routes that a run creates or changes one after the other and that differ in nothing else, in order, this
   * one among them. What a cloud lets them share may be prepared for those that follow.
   */
  readonly batch?: readonly string[] | undefined;
}
