/** An API on a stage that a policy is bound to. */
export interface BindingRow {
  readonly groupId: string;
  readonly apiId: string;
  readonly stageName: string;
  readonly boundAt: number;
}

interface PolicyRow {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly bindings: readonly BindingRow[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A limit for a single application or account. */
export interface SpecialLimitRow {
  readonly type: 'APP' | 'USER';
  readonly key: string;
  readonly limit: number;
}

/** A throttling policy, the older form of the plug-in `trafficControl`. */
export interface TrafficControlRow extends PolicyRow {
  readonly kind: 'TrafficControl';
  readonly unit: 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY';
  readonly apiDefault: number;
  readonly userDefault: number | undefined;
  readonly appDefault: number | undefined;
  readonly specials: readonly SpecialLimitRow[];
}

/** Addresses of an access control policy. */
export interface IpControlItemRow {
  /** `P151617000829241`. */
  readonly id: string;
  /** One or more, with semicolons: `113.125.1.101;101.11.1.0/24`. */
  readonly cidrIp: string;
  readonly appId: string;
  readonly createdAt: number;
}

/** An access control policy, the older form of the plug-in `ipControl`. */
export interface IpControlRow extends PolicyRow {
  readonly kind: 'IpControl';
  readonly type: 'ALLOW' | 'REFUSE';
  readonly items: readonly IpControlItemRow[];
}

/** A key with which calls to backends are signed, the older form of the plug-in `backendSignature`. */
export interface SignatureRow extends PolicyRow {
  readonly kind: 'Signature';
  readonly key: string;
  readonly secret: string;
}

/** A policy that is bound to single APIs. */
export type ApiPolicyRow = TrafficControlRow | IpControlRow | SignatureRow;

export type ApiPolicyKind = ApiPolicyRow['kind'];

/** Where calls are logged: Simple Log Service. */
export interface LogConfigRow {
  readonly type: string;
  readonly project: string;
  readonly store: string;
}
