import type { Claim, Owner } from './owner.js';
import type { GatewayRef, LinkRef } from './reference.js';
import type { TargetTls, TargetUse } from './target.js';

/** `$default`, or a method and a path: a route key of a gateway that is called by requests. */
export const ROUTE_KEY = /^(?:\$default|(?:ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[!-~]{0,1022})$/;

/** A route key of a gateway that receives messages: what the API's selection expression gives, or one of three events. */
export const MESSAGE_KEY = /^(?:\$(?:connect|disconnect|default)|[A-Za-z0-9][A-Za-z0-9._-]{0,127})$/;

/** Where parts of a call to a backend come from, by the name of the part: `{ header: { 'x-tenant': 'header.tenant' } }`. */
export interface RouteParameters {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly header?: Readonly<Record<string, string>> | undefined;
}

/** Settings of a route besides its target. One that a spec does not write is not managed: it stays as it is. */
export interface RouteSettings {
  /** The `Host` of calls to the backend. */
  readonly host?: string | undefined;
  /** How long the gateway waits for an answer, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** A value is `path.NAME`, `query.NAME`, `header.NAME` of the call, or a constant in single quotes: `'eu'`. */
  readonly parameters?: RouteParameters | undefined;
  /** `none`, `iam`, or the ID of an authorizer of the gateway. */
  readonly authorizer?: string | undefined;
  /** Scopes, one of which a caller's token must have. */
  readonly scopes?: readonly string[] | undefined;
  /** Whether callers need an API key. */
  readonly apiKey?: boolean | undefined;
  /** Whether answers are passed on while they arrive. */
  readonly stream?: boolean | undefined;
}

/** A gateway's path and its backend. */
export interface Route {
  readonly id: string;
  readonly gatewayId: string;
  /** `METHOD /path`, `ANY /x/{proxy+}` or `$default`. */
  readonly key: string;
  /** Undefined where the route's target is not in a network. */
  readonly linkId?: string | undefined;
  /** The id of the {@link Target}: an ARN, or an authorization's id. */
  readonly targetId?: string | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'overwrite' | 'keep' | undefined;
  /** The method that its backend gets, where that is not the method of the call: the integration has its own. */
  readonly method?: string | undefined;
  /** Whether the gateway accepts any certificate of the backend that is of the right name and has not expired. */
  readonly anyAuthority?: boolean | undefined;
  /** What its integration lacks, so that callers get an error of the gateway for an answer of the backend. */
  readonly lacks?: 'response' | undefined;
  readonly settings?: RouteSettings | undefined;
  /** The stage variables that its link or its target is named by. */
  readonly variables?: readonly string[] | undefined;
  /** The cloud's resource between route and target, which several routes may share: an HTTP API's integration. */
  readonly integrationId?: string | undefined;
  /** The stages that show the route as it is now, where a cloud publishes routes one by one. */
  readonly stages?: readonly string[] | undefined;
  /** The stages on which it can be called at all, as it is or as it was; undefined where that was not read. */
  readonly publishedOn?: readonly string[] | undefined;
  /**
   * By stage: the ID of the published version's target, which may differ from the draft's, or the address or
   * kind of a backend outside of every network. Undefined, also of one stage: not read.
   */
  readonly publishedTargets?: Readonly<Record<string, string>> | undefined;
  /**
   * By stage: the plug-ins that may send its calls to a backend of their own, in place of its target. Which calls those are is
   * not evaluated.
   */
  readonly routedBy?: Readonly<Record<string, string>> | undefined;
  /** Whether the route can be called without any authorization; undefined where that was not read. */
  readonly open?: boolean | undefined;
  /** The cloud's own name for how callers are authenticated: `NONE`, `JWT`, `ANONYMOUS`, `APP`. */
  readonly authorization?: string | undefined;
  readonly owner?: Owner | undefined;
  readonly raw: unknown;
}

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
