import type { SourceApi, SourceAuthorization, SourceAccess, SourceNamedBackend } from './source-api.js';
import type { Json } from '@postern/core/internal/adapter';

/** The version of the structure of {@link HandoverSource}. */
export const HANDOVER_SOURCE_VERSION = 1;

/** What a hand-over needs of one API group of API Gateway (Traditional). Plain JSON without secrets. */
export interface HandoverSource {
  readonly version: typeof HANDOVER_SOURCE_VERSION;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly provider: 'alibaba';
  readonly region: string;
  readonly account: string;
  readonly group: SourceGroup;
  /** Undefined: it was not read. */
  readonly instance?: SourceInstance | undefined;
  /** The stages that were read: those that were asked for, or all on which an API is published. */
  readonly stages: readonly string[];
  readonly apis: readonly SourceApi[];
  readonly accesses: readonly SourceAccess[];
  readonly namedBackends: readonly SourceNamedBackend[];
  readonly plugins: readonly SourcePlugin[];
  readonly throttles: readonly SourceThrottle[];
  readonly ipControls: readonly SourceIpControl[];
  readonly signatures: readonly SourceSignature[];
  readonly apps: readonly SourceApp[];
  readonly authorizations: readonly SourceAuthorization[];
  /** Values of stage variables by stage, as the user gave them: no operation of the service returns them. */
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly log?: { readonly project: string; readonly store: string } | undefined;
  /** Words of the service that are not documented. Undefined: none. */
  readonly words?: readonly SourceWord[] | undefined;
  readonly gaps: readonly SourceGap[];
}

/** A word of an answer that is not documented for its attribute. What depends on it is unknown. */
export interface SourceWord {
  readonly kind: 'api' | 'backend' | 'domain' | 'instance' | 'throttle' | 'ip-control';
  readonly id: string;
  readonly name: string;
  /** Of an API or a named backend. */
  readonly stage?: string | undefined;
  /** `AuthType`. */
  readonly attribute: string;
  readonly value: string;
}

/** The parts of a source that may be missing. */
export type SourcePart =
  | 'instance'
  | 'apis'
  | 'accesses'
  | 'backends'
  | 'plugins'
  | 'throttles'
  | 'ip-controls'
  | 'signatures'
  | 'apps'
  | 'authorizations'
  | 'products'
  | 'log';

/** A fact that could not be read. What depends on it is unknown. */
export interface SourceGap {
  readonly part: SourcePart;
  /** Of one API, or of one app: its ID. Undefined: nothing of this part was read. */
  readonly id?: string | undefined;
  /** `PERMISSION_DENIED`. */
  readonly code: string;
  /** `apigateway:DescribePlugins is not allowed`. */
  readonly message: string;
}

/** The group itself. */
export interface SourceGroup {
  readonly id: string;
  readonly name: string;
  /** ISO 8601: an edit after it invalidates a plan. */
  readonly modifiedAt?: string | undefined;
  /** `/`, or what all paths of the group begin with. */
  readonly basePath: string;
  /** The name that the service gave the group: `1a2b-cn-hangzhou.alicloudapi.com`. Undefined: it has none. */
  readonly subDomain?: string | undefined;
  /** Whether the public name of the service refuses calls. */
  readonly subDomainDisabled: boolean;
  /** Names for callers inside VPCs. */
  readonly vpcDomains: readonly string[];
  readonly defaultDomain?: string | undefined;
  readonly httpsPolicy?: string | undefined;
  /** Requests per second. */
  readonly trafficLimit?: number | undefined;
  /** Headers that the service passes on although it would remove them. */
  readonly passthroughHeaders: readonly string[];
  readonly customAppCode: boolean;
  /** Whether its APIs are sold on the marketplace. */
  readonly marketplace: boolean;
  /** `an overdue bill`: why the provider has locked it. */
  readonly lock?: string | undefined;
  readonly domains: readonly SourceDomain[];
  readonly stages: readonly string[];
}

/** The most of all groups and stages of an instance, in the intervals of a period that the service reported: a minute or more [U]. */
export interface MeasuredPeak {
  /** Means of an interval [U]. */
  readonly requestsPerSecond: number;
  /** Connections that callers opened, taken for those of a second [U]. Undefined: not read. */
  readonly newConnections?: number | undefined;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** The instance that serves the group. */
export interface SourceInstance {
  readonly id: string;
  readonly kind: 'vpc-integration' | 'dedicated' | 'shared' | 'cluster';
  /** `api.s1.small`. */
  readonly spec?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly vSwitchIds: readonly string[];
  /** What backends in a VPC see as the source of calls. */
  readonly vpcEgress: readonly string[];
  /** What public backends see. */
  readonly publicEgress: readonly string[];
  /** ISO 8601. Undefined: pay-as-you-go. */
  readonly paidUntil?: string | undefined;
  /** Requests per second. */
  readonly limit?: number | undefined;
  /** Undefined: not read. */
  readonly peak?: MeasuredPeak | undefined;
  /** The access control list on its own entrance. */
  readonly accessControl?: { readonly id: string; readonly type: string } | undefined;
}

/** A custom domain of the group. */
export interface SourceDomain {
  readonly name: string;
  /** The stage that it is bound to. Undefined: the stage that a call names. */
  readonly stage?: string | undefined;
  /** Undefined: it serves HTTP only. */
  readonly certificate?: SourceCertificate | undefined;
  /** Whether HTTP is redirected to HTTPS. */
  readonly redirectsHttp: boolean;
  readonly ocsp: boolean;
  /** Whether callers show a certificate. */
  readonly mutualTls: boolean;
  /** Whether the name in the caller's certificate is passed to the backend. */
  readonly passesClientName: boolean;
  /** Patterns that take parameters from the name. */
  readonly wildcardPatterns: readonly string[];
  readonly webSocket: boolean;
  /** Whether the name is a CNAME of the group's own domain. Undefined: not read. */
  readonly byCname?: boolean | undefined;
  /** `ABNORMAL`: what its owner has to correct. */
  readonly problem?: string | undefined;
}

/** The certificate of a domain. */
export interface SourceCertificate {
  /** The identifier in Certificate Management Service, where it is from there: APIG refers to nothing else. */
  readonly id: string;
  readonly name: string;
  readonly from: 'managed' | 'uploaded' | 'unknown';
  /** ISO 8601. */
  readonly validUntil?: string | undefined;
}

/** A plug-in, with what it is attached to in this group. */
export interface SourcePlugin {
  readonly id: string;
  readonly name: string;
  /** `jwtAuth`. */
  readonly type: string;
  /** Parsed, without secrets; null where it is neither YAML nor JSON. */
  readonly body: Json;
  readonly uses: readonly PolicyUse[];
}

/** Where a policy applies. */
export interface PolicyUse {
  readonly stage: string;
  /** Undefined: all APIs of the group. */
  readonly apiId?: string | undefined;
}

/** A throttling policy that is bound to APIs: the older form of the plug-in `trafficControl`. */
export interface SourceThrottle {
  readonly id: string;
  readonly name: string;
  /** `SECOND`, `MINUTE`, `HOUR`, `DAY`. */
  readonly unit: string;
  /** Calls of the API in a unit. */
  readonly perApi?: number | undefined;
  readonly perUser?: number | undefined;
  readonly perApp?: number | undefined;
  /** Apps and users with a limit of their own. */
  readonly special: readonly { readonly kind: 'app' | 'user'; readonly key: string; readonly limit: number }[];
  readonly uses: readonly PolicyUse[];
}

/** An IP access control policy that is bound to APIs. */
export interface SourceIpControl {
  readonly id: string;
  readonly name: string;
  readonly allows: boolean;
  /** An entry with an app holds for its calls only. */
  readonly entries: readonly { readonly block: string; readonly appId?: string | undefined }[];
  readonly uses: readonly PolicyUse[];
}

/** A key that signs the calls of APIs towards the backend. */
export interface SourceSignature {
  readonly id: string;
  readonly name: string;
  readonly uses: readonly PolicyUse[];
}

/** An app that may call an API of the group. Its secrets are never part of a source. */
export interface SourceApp {
  readonly id: string;
  readonly name: string;
  /** AppKey. It is sent in clear with each call, and is not a secret. */
  readonly key?: string | undefined;
  readonly disabled: boolean;
  /** Whether the account may read its secret: an app of another account has none that could be carried over. */
  readonly secret: 'readable' | 'unreadable' | 'not-read';
}

/** Which group is handed over. */
export interface HandoverRequest {
  readonly groupId: string;
  /** Undefined: all stages on which an API is published. */
  readonly stages?: readonly string[] | undefined;
  /** Values of stage variables by stage: no operation returns them. */
  readonly variables?: HandoverSource['variables'] | undefined;
}
