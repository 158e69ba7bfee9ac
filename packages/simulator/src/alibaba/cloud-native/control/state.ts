import type { AlibabaTagRow } from '../../vpc/state.js';
import type { HttpApiRow, HttpOperationRow, HttpRouteRow } from './api/state.js';

export type * from './api/state.js';

/** Cloud-native API Gateway in one region. Rows are replaced, never changed. Times are simulated milliseconds since the epoch. */
export const newState = () => ({
  gateways: new Map<string, ApigGatewayRow>(),
  /** Gateways that were deleted, by ID, with the time: calls that name them are answered in other words than others. */
  deletedGateways: new Map<string, number>(),
  /** Rules that gateways have written into security groups of backends, `gsgr-…`. */
  securityGroupRules: new Map<string, GatewayGroupRuleRow>(),
  services: new Map<string, ApigServiceRow>(),
  /** Where gateways find services, `src-…`. */
  sources: new Map<string, SourceRow>(),
  /** Registries of Microservices Engine, by the ID of the instance. That product is not simulated: `plant` of `nacos-service` fills them. */
  registries: new Map<string, RegistryRow>(),
  apis: new Map<string, HttpApiRow>(),
  routes: new Map<string, HttpRouteRow>(),
  operations: new Map<string, HttpOperationRow>(),
  /** Custom domains, `d-…`. Those that each gateway has by default are in its row. */
  domains: new Map<string, ApigDomainRow>(),
  /** Of Certificate Management Service, by `<id>-<region>`. */
  certificates: new Map<string, CertificateRow>(),
  policies: new Map<string, PolicyRow>(),
  policyAttachments: new Map<string, PolicyAttachmentRow>(),
  consumers: new Map<string, ConsumerRow>(),
  authorizations: new Map<string, AuthorizationRow>(),
  /** What a call with a client token answered, by `<operation>/<token>`. */
  clientTokens: new Map<string, { readonly input: string; readonly output: string; readonly at: number }>(),
  /** `deletions`: whether what is in use can be deleted. */
  settings: new Map<string, string>(),
});

export type ApigState = Readonly<ReturnType<typeof newState>>;

export type ApigGatewayStatus =
  | 'Creating'
  | 'CreateFailed'
  | 'Running'
  | 'Upgrading'
  | 'UpgradeFailed'
  | 'Restarting'
  | 'RestartFailed'
  | 'Deleting'
  | 'DeleteFailed';

export interface ApigGatewayRow {
  /** `gw-…` */
  readonly id: string;
  readonly name: string;
  readonly status: ApigGatewayStatus;
  readonly type: string;
  readonly edition: string;
  /** `apigw.small.x1` */
  readonly spec: string;
  readonly chargeType: 'POSTPAY' | 'PREPAY';
  readonly resourceGroupId: string;
  readonly vpcId: string;
  /** That of the request, or of the first zone. */
  readonly vSwitchId: string;
  readonly zones: readonly { readonly zoneId: string; readonly vSwitchId: string }[];
  /** The managed security group, in the VPC of the user. */
  readonly securityGroupId: string;
  readonly environmentId: string;
  readonly loadBalancers: readonly ApigLoadBalancerRow[];
  readonly subDomains: readonly SubDomainRow[];
  /** Network interfaces of its nodes, once it has run. */
  readonly interfaceIds: readonly string[];
  readonly version: string;
  readonly targetVersion: string;
  readonly tags: AlibabaTagRow;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly expiresAt: number | undefined;
}

export type NetworkType = 'Internet' | 'Intranet';

/** A managed load balancer in front of a gateway. */
export interface ApigLoadBalancerRow {
  readonly id: string;
  /** `nlb-….cn-hangzhou.nlb.aliyuncs.com` */
  readonly address: string;
  readonly addressType: NetworkType;
  readonly ipv4Addresses: readonly string[];
}

/** A domain that a gateway has by default: its access domain name. */
export interface SubDomainRow {
  readonly domainId: string;
  readonly name: string;
  readonly networkType: NetworkType;
  readonly protocol: string;
}

export interface GatewayGroupRuleRow {
  readonly id: string;
  readonly gatewayId: string;
  readonly securityGroupId: string;
  /** The rules in the group of the backend, `sgr-…`. */
  readonly ruleIds: readonly string[];
  readonly portRange: string;
  readonly description: string;
  /** Of an enterprise group, which cannot refer to other groups [U]. */
  readonly authCidrs: readonly string[];
  readonly listedFrom: number;
}

export interface HealthCheckRow {
  readonly enable: boolean;
  readonly protocol: string;
  readonly httpPath: string;
  readonly httpHost: string;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly expectedStatuses: readonly string[];
}

/** A source of services. Whether it is associated depends on its registry. */
export interface SourceRow {
  readonly id: string;
  readonly gatewayId: string;
  /** That of the Nacos instance, or of the cluster. */
  readonly name: string;
  readonly type: 'K8S' | 'MSE_NACOS';
  /** Of the Nacos instance, or of the cluster. */
  readonly instanceId: string;
  readonly resourceGroupId: string;
  readonly createdAt: number;
}

/** A Nacos instance. */
export interface RegistryRow {
  readonly instanceId: string;
  readonly isReleased: boolean;
  /** Addresses of instances, `10.0.1.7:8080`, by namespace, group and name of their service. */
  readonly services: ReadonlyMap<string, readonly string[]>;
}

/** Where a service is registered. */
export interface RegisteredRow {
  readonly namespace: string;
  readonly groupName: string;
  readonly sourceId: string;
}

export interface ApigServiceRow {
  /** `svc-…` */
  readonly id: string;
  readonly gatewayId: string;
  readonly name: string;
  readonly sourceType: string;
  /** `10.0.0.1:8080`, `host:80`. */
  readonly addresses: readonly string[];
  readonly dnsServers: readonly string[];
  /** Of a service of a registry. */
  readonly registered: RegisteredRow | undefined;
  readonly protocol: string;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly resourceGroupId: string;
  readonly healthCheck: HealthCheckRow | undefined;
  /** Since when the health check has looked at these addresses. */
  readonly checkedFrom: number;
  readonly outlierDetection: Readonly<Record<string, unknown>> | undefined;
  readonly healthyPanicThreshold: unknown;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface ApigDomainRow {
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly certIdentifier: string;
  readonly forceHttps: boolean;
  readonly mTLSEnabled: boolean;
  /** Members that calls do not depend on here, as they were given. */
  readonly others: Readonly<Record<string, unknown>>;
  readonly resourceGroupId: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface CertificateRow {
  /** `<id>-<region>` */
  readonly identifier: string;
  readonly name: string;
  /** `api.example.com`, `*.example.com`. */
  readonly names: readonly string[];
  readonly validFrom: number;
  readonly validUntil: number;
  readonly isChainCompleted: boolean;
}

/** As it is shown. */
export interface PolicyRow {
  /** `p-…` */
  readonly policyId: string;
  readonly name: string;
  readonly className: string;
  /** JSON. */
  readonly config: string;
  readonly description: string;
}

/** As GetPolicyAttachment shows it. */
export interface PolicyAttachmentRow {
  /** `pr-…` */
  readonly policyAttachmentId: string;
  readonly attachResourceType: string;
  /** The first of them. */
  readonly attachResourceId: string;
  readonly attachResourceIds: readonly string[];
  readonly environmentId: string;
  readonly gatewayId: string;
  readonly policyId: string;
}

export interface ConsumerRow {
  /** `cs-…` */
  readonly id: string;
  readonly name: string;
  readonly enable: boolean;
  readonly description: string;
  readonly gatewayType: string;
  readonly akSks: readonly { readonly ak: string; readonly sk: string; readonly generateMode: string }[];
  readonly apiKey: ApiKeyRow | undefined;
  /** As it was given. */
  readonly jwt: Readonly<Record<string, unknown>> | undefined;
  readonly listedFrom: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface ApiKeyRow {
  /** `Default`: `Authorization: Bearer …`. */
  readonly source: string;
  /** The name of the header or query parameter. */
  readonly name: string;
  readonly keys: readonly { readonly apikey: string; readonly generateMode: string }[];
}

export interface AuthorizationRow {
  /** `car-…` */
  readonly id: string;
  readonly consumerId: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly parentResourceId: string;
  readonly environmentId: string;
  readonly expireMode: string;
  readonly expiresAt: number | undefined;
  readonly listedFrom: number;
  readonly createdAt: number;
}
