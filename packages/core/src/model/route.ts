import type { Owner } from './owner.js';
import type { GatewayRef, LinkRef } from './reference.js';
import type { TargetTls, TargetUse } from './target.js';

/** `$default`, or a method and a path. */
export const ROUTE_KEY = /^(?:\$default|(?:ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[!-~]{0,1022})$/;

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
  /** Whether the route can be called without any authorization; undefined where that was not read. */
  readonly open?: boolean | undefined;
  /** The cloud's own name for how callers are authenticated: `NONE`, `JWT`, `ANONYMOUS`, `APP`. */
  readonly authorization?: string | undefined;
  readonly owner?: Owner | undefined;
  readonly raw: unknown;
}

/** What `routes.create` and `routes.update` need. */
export interface RouteRequest {
  readonly gateway: GatewayRef;
  readonly key: string;
  readonly link: LinkRef;
  readonly use: TargetUse;
  readonly owner: Owner;
  /** Stages to publish to, where a cloud publishes routes one by one; on other clouds it is not used. */
  readonly stages?: readonly string[] | undefined;
}
