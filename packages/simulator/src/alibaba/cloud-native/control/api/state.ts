// Rows of HTTP APIs, their routes and operations. Times are simulated milliseconds since the epoch.

/** How calls of an API, a route or an operation are authenticated. */
export interface AuthSettings {
  readonly enableAuth: boolean;
  readonly authType: string;
  readonly authMode: string;
}

export interface HttpApiRow {
  /** `api-…` */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly basePath: string;
  readonly protocols: readonly string[];
  readonly description: string;
  readonly gatewayId: string;
  readonly removeBasePathOnForward: boolean;
  readonly firstByteTimeout: number | undefined;
  readonly versionConfig: Readonly<Record<string, unknown>> | undefined;
  readonly auth: AuthSettings;
  readonly deployConfigs: readonly DeployConfigRow[];
  readonly resourceGroupId: string;
  /** What is published of a Rest API, by gateway. */
  readonly revisions: readonly RevisionRow[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Where an API or an operation is published, and what is behind it. */
export interface DeployConfigRow {
  readonly gatewayId: string;
  readonly environmentId: string;
  readonly autoDeploy: boolean;
  readonly backendScene: string;
  readonly services: readonly BackendServiceRow[];
  readonly customDomainIds: readonly string[];
  /** Undefined: all of the gateway's default domains. */
  readonly envDomainIds: readonly string[] | undefined;
  readonly mock: MockRow | undefined;
}

export interface RevisionRow {
  /** `apr-…` */
  readonly id: string;
  readonly gatewayId: string;
  readonly isCurrent: boolean;
  readonly basePath: string;
  readonly removeBasePath: boolean;
  readonly auth: AuthSettings;
  readonly domainIds: readonly string[];
  readonly envDomainIds: readonly string[] | undefined;
  readonly operations: readonly HttpOperationRow[];
  readonly at: number;
}

export interface BackendServiceRow {
  readonly serviceId: string;
  readonly port: number | undefined;
  readonly protocol: string;
  readonly version: string;
  readonly weight: number;
}

export interface MockRow {
  readonly enable: boolean;
  readonly responseCode: number;
  readonly responseContent: string;
}

export interface NamedMatchRow {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

export interface RouteMatchRow {
  readonly path: { readonly type: string; readonly value: string };
  /** None: any. */
  readonly methods: readonly string[];
  readonly headers: readonly NamedMatchRow[];
  readonly queryParams: readonly NamedMatchRow[];
  readonly ignoreUriCase: boolean;
}

/** What a route does with calls: its draft, and what was published of it. */
export interface RouteRules {
  readonly match: RouteMatchRow;
  readonly scene: string;
  readonly services: readonly BackendServiceRow[];
  /** Custom domains; none: the gateway's default ones. */
  readonly domainIds: readonly string[];
  readonly environmentId: string;
  readonly mock: MockRow | undefined;
}

export interface HttpRouteRow extends RouteRules {
  /** `hr-…` */
  readonly id: string;
  readonly apiId: string;
  readonly gatewayId: string;
  readonly name: string;
  readonly description: string;
  /** What callers get. Undefined: it is not published. */
  readonly published: RouteRules | undefined;
  /** Until then the route is being published, or the opposite. */
  readonly changesUntil: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface HttpOperationRow {
  /** `op-…` */
  readonly id: string;
  readonly apiId: string;
  readonly name: string;
  readonly method: string;
  /** `/orders/{id}` */
  readonly path: string;
  readonly description: string;
  readonly auth: AuthSettings | undefined;
  readonly mock: MockRow | undefined;
  readonly deployConfigs: readonly DeployConfigRow[];
  /** As they were given: a contract only. */
  readonly request: unknown;
  readonly response: unknown;
  readonly createdAt: number;
}
