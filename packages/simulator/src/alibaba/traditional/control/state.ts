import type { CallerListRow, InstanceListRow } from './access-control/state.js';
import type { ApiPolicyRow, LogConfigRow } from './api-policies/state.js';
import type { AppRow, AuthorizationRow } from './app/state.js';
import type { GroupDomainRow } from './domain/state.js';
import type { JsonObject } from '../../state/json-object.js';

/** The vSwitch and security group of a VPC integration instance in one zone. */
export interface ConnectZoneRow {
  /** A plain zone: `cn-hangzhou-j`. */
  readonly zoneId: string;
  readonly vSwitchId: string;
  /** The vSwitch's block. */
  readonly cidrBlock: string;
  readonly securityGroupId: string;
}

/** How a VPC integration instance reaches into the user's VPC. */
export interface ConnectionRow {
  readonly vpcId: string;
  /** The gateway's own side: `192.168.0.0/16` or `172.16.0.0/12`. */
  readonly instanceCidr: string;
  readonly zones: readonly ConnectZoneRow[];
  /** Accessible blocks, in the order in which they were added; the vSwitches' first. */
  readonly cidrBlocks: readonly string[];
  /** Its network interfaces; empty until it is RUNNING. */
  readonly interfaceIds: readonly string[];
}

/** A gateway instance. Rows are replaced, never changed in place. */
export interface GatewayInstanceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'shared' | 'normal' | 'vpc_connect';
  /** `CREATING`, `RUNNING`, `MODIFYING`, `WAIT_SWITCH`, `DELETING`; only RUNNING is documented. */
  readonly status: string;
  readonly spec: string;
  /** As it is read: `PayAsYouGo`, `PrePaid`. */
  readonly chargeType: string;
  readonly httpsPolicy: string;
  /** Plain or multi-zone: `cn-hangzhou-MAZ6(i,j,k)`. */
  readonly zoneId: string;
  /** Simulated milliseconds since the epoch. */
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  /** Only of a VPC integration instance. */
  readonly connection: ConnectionRow | undefined;
  readonly internetEgressAddress: string;
  /** Of conventional instances: the source of calls to VPC backends. */
  readonly vpcEgressAddress: string;
  readonly newVpcEgressAddress: string;
  readonly ipv6: boolean;
  readonly egressIpv6: boolean;
  readonly vpcSlbIntranet: boolean;
  readonly intranetSegments: string;
  /** In a world made from a snapshot: calls per second, where its spec does not show it. */
  readonly requestsPerSecond?: number | undefined;
  /** Whether it is called from a VPC. */
  readonly vpcIntranet?: boolean | undefined;
  /** The VPC of those who call. */
  readonly clientVpcId?: string | undefined;
  /** The lists of callers that it uses. */
  readonly callerLists?: { readonly [Version in 'ipv4' | 'ipv6']?: InstanceListRow | undefined } | undefined;
  readonly maintainStartTime: string;
  readonly maintainEndTime: string;
}

/** A VPC access authorization, as lists show it. Its name and its (VPC, instance, port) are unique. */
export interface VpcAccessRow {
  readonly VpcAccessId: string;
  readonly Name: string;
  readonly VpcId: string;
  /** `i-…`, `lb-…` or a private address. */
  readonly InstanceId: string;
  readonly Port: number;
  readonly VpcTargetHostName: string;
  readonly Description: string;
  readonly RegionId: string;
  readonly CreatedTime: string;
}

/** A group's way to another instance. */
export interface MigrationRow {
  readonly targetInstanceId: string;
  readonly startedAt: number;
}

export interface ApiGroupRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly basePath: string;
  readonly instanceId: string;
  readonly httpsPolicy: string;
  readonly trafficLimit: number;
  /** NORMAL or LOCKED. */
  readonly billingStatus: string;
  readonly illegalStatus: string;
  /** Further attributes that ModifyApiGroup sets, by wire name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly networkPolicy: Readonly<Record<string, boolean>>;
  /** The only VPCs that call it; any, where there are none. */
  readonly vpcWhitelist?: readonly string[] | undefined;
  /** Of a world made from a snapshot: its domains, the users' own among them, and whether it is sold on the market place. */
  readonly domains?: readonly GroupDomainRow[] | undefined;
  readonly marketplace?: boolean | undefined;
  /** RELEASE, PRE and TEST, with their ids. */
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  /** Stage variables, by `<stage id>/<name>`. */
  readonly variables: ReadonlyMap<string, string>;
  /** The migration in progress. */
  readonly migration: MigrationRow | undefined;
  /** The status of the last migration, or of the current one. */
  readonly migrationStatus: string;
  readonly migrationError: string;
  /** The instance that still serves the group until DNS has changed. */
  readonly previous: { readonly instanceId: string; readonly until: number } | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The authorization that a published API was published with. */
export interface ResolvedVpcConfig {
  /** Another one with the same name is not that one. Undefined: known by its name alone. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly vpcId: string;
  readonly instanceId: string;
  readonly port: number;
  readonly vpcScheme: string;
}

/** What an API is: a draft, or what was published. */
export interface ApiDefinition {
  readonly name: string;
  /** Texts and booleans by wire name: `Description`, `Visibility`, `AuthType`, … */
  readonly scalars: Readonly<Record<string, string | boolean>>;
  readonly requestConfig: JsonObject;
  readonly serviceConfig: JsonObject;
  readonly openIdConnectConfig: JsonObject | undefined;
  /** `RequestParameters`, `ServiceParameters`, …, by wire name. */
  readonly lists: Readonly<Record<string, readonly JsonObject[]>>;
  readonly backendEnable: boolean;
  readonly backendId: string;
}

/** One publication of an API on a stage. */
export interface ApiVersionRow {
  /** `20260601080000000`. */
  readonly version: string;
  readonly stageName: string;
  readonly description: string;
  readonly definition: ApiDefinition;
  /** The authorization behind it, by its own service config or its named backend's model. */
  readonly vpc: ResolvedVpcConfig | undefined;
  /** The URL of the backend, where no authorization is used: `http://10.0.0.5:8080`. */
  readonly serviceAddress: string;
  readonly deployedAt: number;
}

/** An API: its draft, and what was published of it. */
export interface ApiRow {
  readonly id: string;
  readonly groupId: string;
  readonly draft: ApiDefinition;
  /** By stage name: the version that is online. */
  readonly online: ReadonlyMap<string, string>;
  /** The oldest first. */
  readonly history: readonly ApiVersionRow[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** What a named backend is on one stage. */
export interface BackendModelRow {
  readonly BackendModelId: string;
  readonly StageName: string;
  readonly StageModeId: string;
  readonly Description: string;
  readonly GmtCreate: string;
  readonly GmtModified: string;
  readonly data: JsonObject;
}

/** A named backend. */
export interface BackendRow {
  readonly BackendId: string;
  readonly BackendName: string;
  /** `HTTP`, `VPC`, `DISCOVERY`, … */
  readonly BackendType: string;
  readonly Description: string;
  readonly CreatedTime: string;
  readonly ModifiedTime: string;
  readonly models: readonly BackendModelRow[];
}

/** Where a plug-in is attached: an API on a stage, or, without one, a whole group on a stage. */
export interface PluginAttachmentRow {
  readonly groupId: string;
  readonly stageName: string;
  readonly apiId: string | undefined;
}

/** A plug-in, its body as given. */
export interface PluginRow {
  readonly PluginId: string;
  readonly PluginName: string;
  readonly PluginType: string;
  /** YAML or JSON. */
  readonly PluginData: string;
  readonly Description: string;
  readonly RegionId: string;
  readonly CreatedTime: string;
  readonly ModifiedTime: string;
  readonly attachments: readonly PluginAttachmentRow[];
}

export interface PrivateDnsRow {
  readonly IntranetDomain: string;
  /** `A`, or `VPC`: an authorization, for conventional instances. */
  readonly Type: string;
  readonly Records: { readonly Record: string; readonly Weight: number }[];
  readonly BindInstances: string[];
  readonly CreatedTime: string;
}

/** What one task did, or has to do, to one published API. */
export interface TaskItemRow {
  readonly apiId: string;
  readonly apiName: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly stageId: string;
  readonly stageName: string;
  readonly status: string;
  readonly error: string;
}

/** An asynchronous task. */
export interface TaskRow {
  readonly id: string;
  readonly kind: 'update-vpc' | 'abolish' | 'update-backend' | 'deploy' | 'import';
  /** The authorization's name, the backend's id, or the description of what is published. */
  readonly subject: string;
  readonly items: readonly TaskItemRow[];
}

/** API Gateway in one region. */
export const emptyState = () => ({
  /** By id. The shared instance is always there. */
  instances: new Map<string, GatewayInstanceRow>(),
  /** By id. */
  vpcAccesses: new Map<string, VpcAccessRow>(),
  groups: new Map<string, ApiGroupRow>(),
  apis: new Map<string, ApiRow>(),
  backends: new Map<string, BackendRow>(),
  plugins: new Map<string, PluginRow>(),
  /** By ID. */
  apiPolicies: new Map<string, ApiPolicyRow>(),
  /** By type. */
  logConfigs: new Map<string, LogConfigRow>(),
  /** By ID. */
  apps: new Map<string, AppRow>(),
  /** By `<API's ID>/<stage>/<application's ID>`. */
  authorizations: new Map<string, AuthorizationRow>(),
  /** By ID. */
  callerLists: new Map<string, CallerListRow>(),
  /** By `<type>/<domain>`. */
  privateDns: new Map<string, PrivateDnsRow>(),
  tasks: new Map<string, TaskRow>(),
  /** Tags by `<resource type>/<id>`. */
  tags: new Map<string, Readonly<Record<string, string>>>(),
  /** Tokens that were used: `<action>/<token>` → the parameters of the request. */
  tokens: new Map<string, string>(),
  /**
   * Results of migrations that a test sets: a group's id (`*` for any) → the status and error that stay. An
   * entry stays until it is deleted.
   */
  strangeMigrations: new Map<string, { readonly status: string; readonly error: string }>(),
  /** Domains that groups of other accounts have, with the account. */
  domainsOfOthers: new Map<string, string>(),
});

export type CloudApiState = Readonly<ReturnType<typeof emptyState>> & {
  /** Of a world made from a snapshot: callers may be applications that it does not show. */
  readonly hasUnknownApps?: true | undefined;
};
