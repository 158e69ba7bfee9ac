import type { CacheSettings, Gateway, Stage } from '../../do/model/gateway.js';
import type { Link } from '../../do/model/link.js';
import type { SecurityGroup } from '../../do/model/network.js';
import type { Route, Throttle } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { HclBody, HclExpression } from '../../ground/text/hcl.js';

/** A link of the spec, with what holds its allowlist. */
export interface OwnedLink {
  readonly name: string;
  readonly link: Link;
  /** The security group of its own that holds the allowlist. */
  readonly group?: SecurityGroup | undefined;
  /** Whether its allowlist is in resources of others: rules of the group of a backend, blocks of an instance. */
  readonly listsElsewhere: boolean;
}

/** The security group of a link that holds its allowlist. */
export interface OwnedGroup extends OwnedLink {
  readonly group: SecurityGroup;
}

/** A route of the spec. */
export interface OwnedRoute {
  /** Of the integration in the spec. */
  readonly name: string;
  readonly gateway: Gateway;
  readonly route: Route;
  readonly link: Link;
  readonly target: Target | undefined;
}

/** A target that is a resource of its own. */
export interface OwnedTarget {
  readonly name: string;
  readonly target: Target;
}

/**
 * A setting that the spec declares of a stage: the throttle of a route, or of all routes without `key`, with how answers are cached. Without
 * a throttle it is the stage itself: its client certificate, its cluster of the cache.
 */
export interface OwnedSetting {
  /** Of the integration in the spec. */
  readonly name: string;
  readonly gateway: Gateway;
  readonly stage: Stage;
  readonly key?: string | undefined;
  readonly throttle?: Throttle | undefined;
  readonly cache?: CacheSettings | undefined;
}

/** What arguments are made with. */
export interface ExportContext {
  /** `aws_apigatewayv2_vpc_link.main.id`; the ID itself where no resource of that type is exported for it. */
  readonly ref: (type: string, id: string) => HclExpression | string;
}

/** What Terraform cannot express, as text. */
export interface Inexpressible {
  readonly lacks: string;
}

/** How one kind of thing that a spec owns is written as a resource. A row is data and pure functions. */
export interface ExportRow<T> {
  readonly type: string;
  /** The things that are a resource each, where that is not the thing itself. */
  readonly parts?: ((one: T) => readonly T[]) | undefined;
  /** The ID by which others refer to it, as the cloud has it. */
  readonly key: (one: T) => string;
  /** What its name in the configuration is made of. */
  readonly name: (one: T) => string;
  /** What `terraform import` takes: the source is the section Import of the resource's documentation. */
  readonly importId: (one: T) => string;
  /** Its arguments. Undefined: a snapshot has too little of it, and Terraform generates the configuration. */
  readonly body?: ((one: T, context: ExportContext) => HclBody | Inexpressible) | undefined;
  /** Arguments that hold the marks of Postern, or that are not read back: a plan does not compare them. */
  readonly ignored?: ((one: T) => readonly string[]) | undefined;
  /** What a reader must know of all that is like it, as text. */
  readonly note?: ((one: T) => string) | undefined;
  /** What costs money, or cannot be created again, is never deleted by a plan. */
  readonly protect?: true | undefined;
}
