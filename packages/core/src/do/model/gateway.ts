import type { GatewayKind } from './gateway-kind.js';
import type { Owner } from './owner.js';
import type { Route } from './route.js';

/** A stage of a gateway: what callers reach is what was deployed to one. */
export interface Stage {
  readonly name: string;
  /** Changes are deployed to this stage automatically. */
  readonly autoDeploy: boolean;
  readonly deploymentId?: string | undefined;
  /**
   * The mark of Postern's newest deployment that this stage carries or has gone beyond: a hash of the routes
   * deployed.
   */
  readonly deployed?: string | undefined;
  /** What the stage's variables hold: routes name them as `${stageVariables.name}`. Undefined: none, or not read. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** What its deployment holds, with the values of its variables. Undefined: not read, or it shows the gateway's own routes. */
  readonly served?: ServedRoutes | undefined;
  /** A part of the calls gets another deployment. */
  readonly canary?: StageCanary | undefined;
  /** Who created it, where that was a first deployment by Postern. */
  readonly createdBy?: Pick<Owner, 'project' | 'spec'> | undefined;
}

/** What callers of a stage without automatic deployment get: a deployment keeps the routes as they were when it was made. */
export interface ServedRoutes {
  /** Without their owners, and without what decides who may call them. */
  readonly routes: readonly Route[];
  readonly denies?: Denial | undefined;
  /** As {@link Gateway.endpoint}, where it takes effect with a deployment. */
  readonly endpoint?: 'disabled' | undefined;
}

/** What a gateway's own policy denies: every call; or some, by conditions that no snapshot evaluates. Undefined: no call. */
export type Denial = 'all' | 'some';

/** A deployment that a stage gives to a part of its calls. */
export interface StageCanary {
  readonly deploymentId?: string | undefined;
  /** 0 to 100. */
  readonly percent: number;
  /** Variables that differ from the stage's own. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** As {@link Stage.served}. */
  readonly served?: ServedRoutes | undefined;
}

/**
 * The cloud's own resource between routes and a target, such as an HTTP API's integration. Several routes may
 * share it, or none may use it.
 */
export interface GatewayIntegration {
  /** That of a route: the route has the mark of a project and no integration. A run ended between two calls. */
  readonly id: string;
  readonly linkId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly owner?: Owner | undefined;
  /** Its mark names a route that does not lead to it: a run ended, or failed, before it wrote the mark. */
  readonly namesOthers?: boolean | undefined;
}

/**
 * A reference of a gateway to a backend, in one version of it: an API's own backend, a backend that APIs
 * share, or one named in a plug-in's body. The published version may differ from the draft, so each stage has
 * its own.
 */
export interface GatewayUse {
  readonly kind: 'route' | 'backend' | 'plugin';
  /** Of the API, the named backend or the plug-in. */
  readonly id: string;
  readonly name: string;
  /**
   * The routes that it serves, by ID: one for a route; those of this gateway that the backend or plug-in is
   * attached to. Empty: the whole gateway.
   */
  readonly routeIds: readonly string[];
  /** Undefined: the draft. */
  readonly stage?: string | undefined;
  /** What a plug-in is: `routing`, `remoteAuth`, `jwtAuth`. */
  readonly pluginType?: string | undefined;
  /** The target that is named: an authorization, variables (`#NAME#`) not replaced; a load balancer's listener. */
  readonly targetId?: string | undefined;
  /** The link that this version uses, where each route has its own: variables of the stage are replaced. */
  readonly linkId?: string | undefined;
  /** The host that is named instead, variables not replaced: an address, or a domain. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly scheme?: 'http' | 'https' | undefined;
  /** Where a service-discovery backend finds its servers: `nacos.internal:8848`. */
  readonly registry?: string | undefined;
  /** Why it cannot be evaluated: a body that is neither YAML nor JSON, a version that was not read. */
  readonly unreadable?: string | undefined;
}

/** A name by which callers reach a gateway. */
export interface GatewayDomain {
  readonly name: string;
  /** `public`: the gateway's own; `network`: for callers in the link's client VPC; `intranet`; `self-call`; `custom`: a user's. */
  readonly kind: 'public' | 'network' | 'intranet' | 'self-call' | 'custom';
  /** Of a custom one: whether it points to the gateway's own domain by CNAME, and so moves with it. Undefined: not known. */
  readonly byCname?: boolean | undefined;
}

/** The settings that a gateway has from its current link, or may lose with it. */
export interface GatewaySettings {
  readonly httpsPolicy?: string | undefined;
  readonly requestsPerSecond?: number | undefined;
  /** Whether it is reached over IPv6. */
  readonly ipv6?: boolean | undefined;
  readonly domains: readonly GatewayDomain[];
  /** What the paths of all its routes begin with for callers; undefined: nothing. */
  readonly basePath?: string | undefined;
  /** The last migration, in the cloud's own values; it has no time, and is never removed. */
  readonly migration?:
    { readonly state: string; readonly running: boolean; readonly error?: string | undefined } | undefined;
  /** Sold on the provider's market place. */
  readonly marketplace?: boolean | undefined;
}

/** What callers call: an HTTP API, an API group. Never created or deleted by Postern. */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly kind: GatewayKind;
  readonly stages: readonly Stage[];
  readonly routes: readonly Route[];
  /** Also those that no route uses: they prevent the deletion of a link, too. */
  readonly integrations?: readonly GatewayIntegration[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** The link of all its routes, where a cloud allows only one per gateway. */
  readonly linkId?: string | undefined;
  /** Why the provider has locked it, where it has: `an overdue bill`. A locked gateway cannot be changed. */
  readonly locked?: string | undefined;
  /** All references to backends, of drafts and every stage. Undefined: not read. */
  readonly uses?: readonly GatewayUse[] | undefined;
  readonly settings?: GatewaySettings | undefined;
  /** Why callers of the internet do not reach it by its own name; undefined: they do. */
  readonly endpoint?: 'disabled' | 'private' | undefined;
  /** Of its policy as it is now, which the next deployment takes. */
  readonly denies?: Denial | undefined;
  readonly raw: unknown;
}

/** How a spec names a gateway; one that exists is a `GatewayRef`. */
export type GatewaySpec =
  | { readonly httpApi: string }
  | { readonly restApi: string; readonly stage?: string | undefined }
  | { readonly webSocketApi: string }
  | { readonly apiGroup: string; readonly stages?: readonly string[] | undefined };
