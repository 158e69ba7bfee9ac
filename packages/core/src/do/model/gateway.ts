import { ignoredForPaths, none, oneOf, optional, strict, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { flag, number, optionalText, port, raw, remark, strings, tags, text } from '../forms/resource-values.js';
import { owner, type Owner } from './owner.js';
import { declaredThrottle, routeShape, throttle, type Route, type Throttle } from './route.js';

const denies = optional(oneOf('all', 'some'));

const servedRoutesShape = {
  /** Without their owners, and without what decides who may call them. */
  routes: sorted(strict<Route>()(routeShape), ['key', 'id'], { once: ['key'] }),
  denies,
  /** As {@link Gateway.endpoint}, where it takes effect with a deployment. */
  endpoint: none(oneOf('disabled')),
};

/** What callers of a stage without automatic deployment get: a deployment keeps the routes as they were when it was made. */
export interface ServedRoutes extends Infer<typeof servedRoutesShape> {}

const served = optional(strict<ServedRoutes>()(servedRoutesShape));

const stageCanaryShape = {
  deploymentId: none(remark),
  /** 0 to 100. */
  percent: number,
  /** Variables that differ from the stage's own. */
  variables: none(strings),
  /** As {@link Stage.served}. */
  served,
};

/** A deployment that a stage gives to a part of its calls. */
export interface StageCanary extends Infer<typeof stageCanaryShape> {}

const stageCertificateShape = {
  /** Of API Gateway (`ab12cd`), or the ARN of a certificate of Certificate Manager. Undefined: the stage has none. */
  id: optionalText,
  /** ISO 8601. Undefined: not read. */
  notAfter: ignoredForPaths(optionalText),
};

/** The client certificate that a stage presents to its backends. */
export interface StageCertificate extends Infer<typeof stageCertificateShape> {}

const accessLogShape = {
  /** The ARN of a log group or a delivery stream. Undefined: the stage has no access log. */
  destination: optionalText,
  /** The line for one call, with variables such as `$context.status`. */
  format: optionalText,
};

/** The access log of a stage: a line for each call. */
export interface AccessLog extends Infer<typeof accessLogShape> {}

const routeThrottleShape = {
  /**
   * Of a route that the gateway may not have any more, or of one method of a route for all (`GET /orders` of `ANY /orders`), where the
   * methods have different ones. Without members: the throttle of the stage does not act on it.
   */
  key: text,
  throttle,
};

/** What a stage throttles the calls of one route to. */
export interface RouteThrottle extends Infer<typeof routeThrottleShape> {}

const cachedCallShape = {
  /** The call, and not the route that takes it: `GET /orders/{id}`. */
  key: text,
  ttlSeconds: number,
  /** Any caller may have an answer of the backend in place of a cached one. */
  passable: none(flag),
  /** Undefined: as those of the settings for all calls. */
  encrypted: none(flag),
};

/** A call that a stage answers from its cache. */
export interface CachedCall extends Infer<typeof cachedCallShape> {}

const cacheSettingsShape = {
  /** Gigabytes: 0.5. Undefined: the stage has no cache. */
  size: none(number),
  /** How long an answer is kept. Undefined of a snapshot: the settings for all calls cache nothing. */
  ttlSeconds: none(number),
  encrypted: none(flag),
};

/** The cache of a stage, and the settings for all calls that it keeps. */
export interface CacheSettings extends Infer<typeof cacheSettingsShape> {}

const cacheSettings = optional(strict<CacheSettings>()(cacheSettingsShape));

const stageCacheShape = {
  ...cacheSettingsShape,
  /** What is answered from it. Undefined: nothing. */
  calls: none(sorted(strict<CachedCall>()(cachedCallShape), ['key'], { once: ['key'] })),
};

/** What a stage answers without its backends. */
export interface StageCache extends Infer<typeof stageCacheShape> {}

const stageWriterShape = {
  project: text,
  spec: optionalText,
  /** `cache`, `clientCertificate`, `throttle`. */
  settings: set(text),
};

/** A spec that wrote settings of a stage, by its mark. */
export interface StageWriter extends Infer<typeof stageWriterShape> {}

const stageShape = {
  name: remark,
  /** Changes are deployed to this stage automatically. */
  autoDeploy: flag,
  deploymentId: none(remark),
  /**
   * The mark of Postern's newest deployment that this stage carries or has gone beyond: a hash of the routes deployed.
   */
  deployed: none(remark),
  /** What the stage's variables hold: routes name them as `${stageVariables.name}`. Undefined: none, or not read. */
  variables: none(strings),
  /** A part of the calls gets another deployment. */
  canary: none(strict<StageCanary>()(stageCanaryShape)),
  /** What its deployment holds, with the values of its variables. Undefined: not read, or it shows the gateway's own routes. */
  served,
  /** Undefined: not read, or gateways of this kind present none. */
  clientCertificate: optional(strict<StageCertificate>()(stageCertificateShape)),
  /** Undefined: not read, or the cloud logs no calls by stage. */
  accessLog: optional(strict<AccessLog>()(accessLogShape)),
  /** The IDs of the usage plans that contain it. Undefined: not read, since no route of the gateway needs an API key. */
  usagePlans: optional(set(text)),
  /** Of each route without its own. Without members: none. Undefined: not read. */
  throttle,
  /** Undefined: not read. */
  throttles: optional(sorted(strict<RouteThrottle>()(routeThrottleShape), ['key'], { once: ['key'] })),
  /** Undefined: not read, or gateways of this kind have none. */
  cache: optional(strict<StageCache>()(stageCacheShape)),
  /** Who created it, where that was a first deployment by Postern. */
  createdBy: ignoredForPaths(none(strict<Pick<Owner, 'project' | 'spec'>>()({ project: text, spec: optionalText }))),
  /** Who wrote its settings. Undefined: it has no mark of a writer. */
  configuredBy: ignoredForPaths(none(sorted(strict<StageWriter>()(stageWriterShape), ['project', 'spec']))),
};

/** A stage of a gateway: what callers reach is what was deployed to one. */
export interface Stage extends Infer<typeof stageShape> {}

export const stageSettingsShape = {
  throttle: declaredThrottle,
  /** As `StageCertificate.id`. */
  clientCertificate: optionalText,
  cache: cacheSettings,
};

/** What a spec declares of the stages that its routes are deployed to. What is not declared is not managed. */
export interface StageSettings extends Infer<typeof stageSettingsShape> {}

/** A change of the settings of a stage. `null` removes one. */
export interface StageChange {
  readonly throttle?: Throttle | null | undefined;
  readonly clientCertificate?: string | null | undefined;
  readonly cache?: CacheSettings | null | undefined;
  readonly routes?: readonly RouteChange[] | undefined;
  /** All settings that this spec wrote, for its mark. None: the mark is removed. */
  readonly writer?: StageWriter | undefined;
}

/** What a stage does with the calls of one route. */
export interface RouteChange {
  readonly key: string;
  /** Undefined: it stays. */
  readonly throttle?: Throttle | null | undefined;
  /** Of methods with settings of their own: the others have those for all methods. Undefined: they stay. */
  readonly cache?: CacheSettings | null | undefined;
}

/** What a gateway's own policy denies: every call; or some, by conditions that no snapshot evaluates. Undefined: no call. */
export type Denial = NonNullable<ServedRoutes['denies']>;

const gatewayIntegrationShape = {
  /** That of a route: the route has the mark of a project and no integration. A run ended between two calls. */
  id: text,
  linkId: none(text),
  targetId: none(text),
  owner,
  /** Its mark names a route that does not lead to it: a run ended, or failed, before it wrote the mark. */
  namesOthers: optional(flag),
  /** Another run created it beside this one, with the same mark and settings: the ID of the one that its routes are to use. */
  sameAs: optionalText,
};

/**
 * The cloud's own resource between routes and a target, such as an HTTP API's integration. Several routes may
 * share it, or none may use it.
 */
export interface GatewayIntegration extends Infer<typeof gatewayIntegrationShape> {}

const gatewayUseShape = {
  kind: oneOf('route', 'backend', 'plugin'),
  /** Of the API, the named backend or the plug-in. */
  id: text,
  name: remark,
  /**
   * The routes that it serves, by ID: one for a route; those of this gateway that the backend or plug-in is
   * attached to. Empty: the whole gateway.
   */
  routeIds: set(text),
  /** Undefined: the draft. */
  stage: optionalText,
  /** What a plug-in is: `routing`, `remoteAuth`, `jwtAuth`. */
  pluginType: optionalText,
  /** The target that is named: an authorization, variables (`#NAME#`) not replaced; a load balancer's listener. */
  targetId: none(text),
  /** The link that this version uses, where each route has its own: variables of the stage are replaced. */
  linkId: none(text),
  /** The host that is named instead, variables not replaced: an address, or a domain. */
  host: none(text),
  port: optional(port),
  scheme: optional(oneOf('http', 'https')),
  /** Where a service-discovery backend finds its servers: `nacos.internal:8848`. */
  registry: optionalText,
  /** Why it cannot be evaluated: a body that is neither YAML nor JSON, a version that was not read. */
  unreadable: optionalText,
};

/**
 * A reference of a gateway to a backend, in one version of it: an API's own backend, a backend that APIs share, or one
 * named in a plug-in's body. The published version may differ from the draft, so each stage has its own.
 */
export interface GatewayUse extends Infer<typeof gatewayUseShape> {}

const gatewayDomainShape = {
  name: remark,
  /** `public`: the gateway's own; `network`: for callers in the link's client VPC; `intranet`; `self-call`; `custom`: a user's. */
  kind: oneOf('public', 'network', 'intranet', 'self-call', 'custom'),
  /** Of a custom one: whether it points to the gateway's own domain by CNAME, and so moves with it. Undefined: not known. */
  byCname: optional(flag),
};

/** A name by which callers reach a gateway. */
export interface GatewayDomain extends Infer<typeof gatewayDomainShape> {}

const groupMigrationShape = { state: text, running: flag, error: optionalText };

/** A migration of an API group to another instance, in the cloud's own values. */
export interface GroupMigration extends Infer<typeof groupMigrationShape> {}

const gatewaySettingsShape = {
  httpsPolicy: optionalText,
  requestsPerSecond: optional(number),
  /** Whether it is reached over IPv6. */
  ipv6: optional(flag),
  /** What the paths of all its routes begin with for callers; undefined: nothing. */
  basePath: none(text),
  domains: sorted(strict<GatewayDomain>()(gatewayDomainShape), ['kind', 'name']),
  /** The last migration, in the cloud's own values; it has no time, and is never removed. */
  migration: optional(strict<GroupMigration>()(groupMigrationShape)),
  /** Sold on the provider's market place. */
  marketplace: optional(flag),
};

/** The settings that a gateway has from its current link, or may lose with it. */
export interface GatewaySettings extends Infer<typeof gatewaySettingsShape> {}

export const gatewayShape = {
  id: text,
  name: remark,
  kind: text,
  stages: sorted(strict<Stage>()(stageShape), ['name']),
  routes: sorted(strict<Route>()(routeShape), ['key', 'id'], { once: ['id'] }),
  /** Also those that no route uses: they prevent the deletion of a link, too. */
  integrations: optional(
    sorted(
      strict<GatewayIntegration>()(gatewayIntegrationShape),
      ['id', 'linkId', 'targetId'],
      // Where stage variables name its link, each link that it has counts.
      { once: ['id', 'linkId', 'targetId'] },
    ),
  ),
  tags,
  /** The link of all its routes, where a cloud allows only one per gateway. */
  linkId: none(text),
  /** Why the provider has locked it, where it has: `an overdue bill`. A locked gateway cannot be changed. */
  locked: none(text),
  /** Why callers of the internet do not reach it by its own name; undefined: they do. */
  endpoint: none(oneOf('disabled', 'private')),
  /** Of its policy as it is now, which the next deployment takes. */
  denies,
  /** All references to backends, of drafts and every stage. Undefined: not read. */
  uses: optional(
    sorted(strict<GatewayUse>()(gatewayUseShape), ['kind', 'id', 'stage', 'linkId', 'targetId', 'host', 'port']),
  ),
  settings: optional(strict<GatewaySettings>()(gatewaySettingsShape)),
  raw,
};

/** What callers call: an HTTP API, an API group. Never created or deleted by Postern. */
export interface Gateway extends Infer<typeof gatewayShape> {}

export const privateDomainShape = {
  name: remark,
  addresses: set(text),
  /** The links that resolve it. */
  linkIds: set(text),
};

/** A private name that a gateway resolves itself (private DNS of an instance). */
export interface PrivateDomain extends Infer<typeof privateDomainShape> {}

/** How a spec names a gateway: by the key of its kind (`GatewayKindTraits.ref`), some with stages. One that exists is a `GatewayRef`. */
export interface GatewaySpec {
  readonly stage?: string | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly [ref: string]: string | readonly string[] | undefined;
}
