/**
 * Operations of Cloud-native API Gateway (OpenAPI 2024-03-27), whose official package is not published on npm: path,
 * answer and parameters as that package's source has them. Answers are `{ requestId, code, message, data }`; here
 * `data` is meant. Every member may be missing, since the cloud does not guarantee any.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/tree/master/apig-20240327/src
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Names in braces are replaced by `path` of a request: `/v1/gateways/{gatewayId}`. */
  readonly path: string;
}

const at = (method: Operation['method'], path: string): Operation => ({ method, path });

/** Every operation that is called. */
export const APIG_OPERATIONS = {
  AddGatewaySecurityGroupRule: at('POST', '/v1/gateways/{gatewayId}/security-group-rules'),
  BatchDeleteConsumerAuthorizationRule: at('DELETE', '/v1/authorization-rules'),
  CreateAndAttachPolicy: at('POST', '/v1/policies'),
  CreateConsumer: at('POST', '/v1/consumers'),
  CreateConsumerAuthorizationRules: at('POST', '/v1/authorization-rules'),
  CreateDomain: at('POST', '/v1/domains'),
  CreateGateway: at('POST', '/v1/gateways'),
  CreateHttpApi: at('POST', '/v1/http-apis'),
  CreateHttpApiRoute: at('POST', '/v1/http-apis/{httpApiId}/routes'),
  CreateService: at('POST', '/v1/services'),
  /** Has no name of its own in the official packages, which call this path DeletePolicy [U]. */
  DeleteAndDetachPolicy: at('DELETE', '/v1/policies/{policyId}'),
  DeleteConsumer: at('DELETE', '/v1/consumers/{consumerId}'),
  DeleteDomain: at('DELETE', '/v1/domains/{domainId}'),
  DeleteGateway: at('DELETE', '/v1/gateways/{gatewayId}'),
  DeleteGatewaySecurityGroupRule: at('DELETE', '/v1/gateways/{gatewayId}/security-group-rules/{ruleId}'),
  DeleteHttpApi: at('DELETE', '/v1/http-apis/{httpApiId}'),
  DeleteHttpApiRoute: at('DELETE', '/v1/http-apis/{httpApiId}/routes/{routeId}'),
  DeleteService: at('DELETE', '/v1/services/{serviceId}'),
  DeployHttpApi: at('POST', '/v1/http-apis/{httpApiId}/deploy'),
  GetConsumer: at('GET', '/v1/consumers/{consumerId}'),
  GetGateway: at('GET', '/v1/gateways/{gatewayId}'),
  GetHttpApi: at('GET', '/v1/http-apis/{httpApiId}'),
  GetHttpApiRoute: at('GET', '/v1/http-apis/{httpApiId}/routes/{routeId}'),
  GetService: at('GET', '/v1/services/{serviceId}'),
  ListConsumers: at('GET', '/v1/consumers'),
  ListDomains: at('GET', '/v1/domains'),
  ListGatewayAuthorizedSecurityGroupRules: at('GET', '/v1/gateways/{gatewayId}/authorized-security-groups-rules'),
  ListGateways: at('GET', '/v1/gateways'),
  ListHttpApiOperations: at('GET', '/v1/http-apis/{httpApiId}/operations'),
  ListHttpApiRoutes: at('GET', '/v1/http-apis/{httpApiId}/routes'),
  ListHttpApis: at('GET', '/v1/http-apis'),
  ListPolicies: at('GET', '/v1/policies'),
  ListServices: at('GET', '/v1/services'),
  ListSources: at('GET', '/v1/sources'),
  QueryConsumerAuthorizationRules: at('GET', '/v1/authorization-rules'),
  TagResources: at('POST', '/v1/tags'),
  UndeployHttpApi: at('POST', '/v1/http-apis/{httpApiId}/undeploy'),
  UntagResources: at('DELETE', '/v1/tags'),
  UpdateGatewayName: at('PUT', '/v1/gateways/{gatewayId}/name'),
  UpdateHttpApiRoute: at('PUT', '/v1/http-apis/{httpApiId}/routes/{routeId}'),
  UpdateService: at('PUT', '/v1/services/{serviceId}'),
} as const satisfies Readonly<Record<string, Operation>>;

/** An operation by its name, which is that of its RAM action, too: `apig:GetGateway`. */
export type ApigOperation = keyof typeof APIG_OPERATIONS;

/** The parameters of an operation, where they go. */
export interface ApigRequest {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

interface VSwitchRow {
  readonly vSwitchId: string;
}

interface SubDomainRow {
  readonly domainId: string;
  readonly name: string;
  /** `Internet`, `Intranet`. */
  readonly networkType: string;
  readonly protocol: string;
}

/** A gateway, of ListGateways and GetGateway. */
export type GatewayRow = Loose<{
  gatewayId: string;
  name: string;
  status: string;
  gatewayType: string;
  gatewayEdition: string;
  spec: string;
  chargeType: string;
  version: string;
  replicas: string;
  createTimestamp: number;
  expireTimestamp: number;
  vpc: Loose<{ vpcId: string }>;
  vSwitch: Loose<VSwitchRow>;
  zones: readonly Loose<{ zoneId: string; vSwitch: Loose<VSwitchRow> }>[];
  securityGroup: Loose<{ securityGroupId: string }>;
  loadBalancers: readonly Loose<{ address: string; addressType: string; status: string }>[];
  /** Of ListGateways. */
  subDomainInfos: readonly Loose<SubDomainRow>[];
  /** Of GetGateway. */
  environments: readonly Loose<{ environmentId: string; name: string }>[];
  tags: readonly Loose<{ key: string; value: string }>[];
}>;

/** A service: the backend of routes. */
export type ServiceRow = Loose<{
  serviceId: string;
  gatewayId: string;
  name: string;
  /** `VIP`, `DNS`, `K8S`, … */
  sourceType: string;
  addresses: readonly string[];
  /** Of a service of a registry or a cluster. */
  namespace: string;
  groupName: string;
  /** Written, and in no model of an answer [U]. */
  sourceId: string;
  ports: readonly Loose<{ port: number; protocol: string }>[];
  protocol: string;
  /** Written as `healthCheckConfig`. */
  healthCheck: Loose<{ enable: boolean }>;
  healthStatus: string;
  unhealthyEndpoints: readonly string[];
  runtimeDetailStatus: string;
  runtimeDetailErrorCode: string;
}>;

/** A source of services. Lists have no `type`: the member for its kind tells it. GetSource spells one of them `k8SSourceInfo`. */
export type SourceRow = Loose<{
  sourceId: string;
  gatewayId: string;
  name: string;
  type: string;
  /** `ASSOCIATED`; no other value is documented. */
  associationStatus: string;
  /** `Association completed` */
  associationReason: string;
  nacosSourceInfo: Loose<{ instanceId: string; clusterId: string; address: string }>;
  k8sSourceInfo: Loose<{ clusterId: string }>;
}>;

export type HttpApiRow = Loose<{
  httpApiId: string;
  name: string;
  type: string;
  basePath: string;
  description: string;
  gatewayId: string;
  enableAuth: boolean;
  authConfig: Loose<{ authType: string; authMode: string }>;
}>;

/** A route, as it is read: `backend` is written as `backendConfig`, `domainInfos` as `domainIds`. */
export type RouteRow = Loose<{
  routeId: string;
  name: string;
  description: string;
  deployStatus: string;
  match: Loose<RouteMatch>;
  backend: Loose<{ scene: string; services: readonly Loose<RouteService>[] }>;
  domainInfos: readonly Loose<{ domainId: string; name: string; protocol: string }>[];
  environmentInfo: Loose<{
    environmentId: string;
    gatewayInfo: Loose<{ gatewayId: string }>;
    subDomains: readonly Loose<SubDomainRow>[];
  }>;
  enableAuth: boolean;
}>;

/** Which calls a route gets. */
export interface RouteMatch {
  readonly path?: { readonly type?: string | undefined; readonly value?: string | undefined } | undefined;
  /** None: all. */
  readonly methods?: readonly string[] | undefined;
  readonly headers?: readonly object[] | undefined;
  readonly queryParams?: readonly object[] | undefined;
  readonly ignoreUriCase?: boolean | undefined;
}

/** A backend of a route. */
export interface RouteService {
  readonly serviceId: string;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
  readonly weight?: number | undefined;
}

/** A rule that the service wrote into a group of backends. */
export type GroupRuleRow = Loose<{
  securityGroupRuleId: string;
  securityGroupId: string;
  sourceSecurityGroupId: string;
  /** `8080/8089` */
  portRange: string;
  description: string;
}>;

/** A page of a list. */
export type Page<T> = Loose<{ items: readonly T[]; totalSize: number }>;

/** An entry of ListHttpApis: the versions of one name. */
export type HttpApiByName = Loose<{ name: string; type: string; versionedHttpApis: readonly HttpApiRow[] }>;

/** A custom domain. */
export type DomainRow = Loose<{
  domainId: string;
  name: string;
  protocol: string;
  certIdentifier: string;
  forceHttps: boolean;
  mTLSEnabled: boolean;
  tlsMin: string;
  status: string;
}>;

/** A consumer. GetConsumer alone returns its keys, with their secrets in clear [I]. */
export type ConsumerRow = Loose<{
  consumerId: string;
  name: string;
  enable: boolean;
  description: string;
  akSkIdentityConfigs: readonly Loose<{ ak: string }>[];
}>;

/** A policy with what it is attached to. `config` is JSON as a text. */
export type PolicyRow = Loose<{
  policyId: string;
  name: string;
  className: string;
  config: string;
  description: string;
}>;

/** That a consumer may call a route. */
export type AuthorizationRow = Loose<{
  consumerAuthorizationRuleId: string;
  consumerId: string;
  resourceId: string;
}>;

/** An operation of an HTTP API of type Rest. */
export type OperationRow = Loose<{
  operationId: string;
  name: string;
  method: string;
  path: string;
  deployStatus: string;
}>;

/** What operations answer as `data`. */
export interface ApigAnswers {
  readonly CreateAndAttachPolicy: Loose<{ policyId: string }>;
  readonly CreateConsumer: Loose<{ consumerId: string }>;
  readonly CreateConsumerAuthorizationRules: Loose<{ consumerAuthorizationRuleIds: readonly string[] }>;
  readonly CreateDomain: Loose<{ domainId: string }>;
  readonly CreateGateway: Loose<{ gatewayId: string }>;
  readonly CreateHttpApi: Loose<{ httpApiId: string }>;
  readonly CreateHttpApiRoute: Loose<{ routeId: string }>;
  readonly CreateService: Loose<{ serviceIds: readonly string[] }>;
  readonly GetConsumer: ConsumerRow;
  readonly GetGateway: GatewayRow;
  readonly GetHttpApi: HttpApiRow;
  readonly GetHttpApiRoute: RouteRow;
  readonly GetService: ServiceRow;
  readonly ListConsumers: Page<ConsumerRow>;
  readonly ListDomains: Page<DomainRow>;
  readonly ListGatewayAuthorizedSecurityGroupRules: Page<GroupRuleRow>;
  readonly ListGateways: Page<GatewayRow>;
  readonly ListHttpApiOperations: Page<OperationRow>;
  readonly ListHttpApiRoutes: Page<RouteRow>;
  readonly ListHttpApis: Page<HttpApiByName>;
  readonly ListPolicies: Page<PolicyRow>;
  readonly ListServices: Page<ServiceRow>;
  readonly ListSources: Page<SourceRow>;
  readonly QueryConsumerAuthorizationRules: Page<AuthorizationRow>;
}

export type ApigAnswer<N extends ApigOperation> = N extends keyof ApigAnswers ? ApigAnswers[N] : object;
