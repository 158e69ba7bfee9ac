import type { Json } from '@postern/core/internal/adapter';
import type { PolicyClass, RouteMatch } from '../mapping/route-match.js';

/** A service of the target: where calls go. */
export interface PlannedService {
  /** Unique on its gateway. */
  readonly name: string;
  readonly kind: 'VIP' | 'DNS' | 'FC3' | 'MSE_NACOS';
  /** `10.10.0.7:8080`, `orders.example.com:443`; of a function its name; of a registry its address. */
  readonly addresses: readonly string[];
  /** Of a registry: what is looked up there. */
  readonly registered?: { readonly service: string; readonly namespace: string; readonly group: string } | undefined;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Of a fixed address: what it was resolved from, and when. A change since then is drift. */
  readonly from?: { readonly access: string; readonly instanceId: string; readonly at: string } | undefined;
  /** Health checks are turned on, so that the target itself reports whether it reaches the backend. */
  readonly healthCheck?: { readonly protocol: 'TCP' } | undefined;
  readonly policies: readonly PlannedPolicy[];
}

/** A policy of a route or a service, in the words of the service's class. */
export interface PlannedPolicy {
  readonly class: PolicyClass;
  /** What it does. Where the keys of the service are known, these are they. */
  readonly settings: { readonly [name: string]: Json };
  /** Names of values that are read from the classic service when the plan is carried out, because they may be secrets. */
  readonly valuesOf?: readonly string[] | undefined;
}

/** One API as one route. */
export interface PlannedRoute {
  /** Unique in its HTTP API. */
  readonly name: string;
  readonly apiId: string;
  /** `GET /orders/[id]`. */
  readonly key: string;
  readonly match: RouteMatch;
  /** The name of a service; undefined of a mock. */
  readonly service?: string | undefined;
  readonly mock?: { readonly status: number; readonly hasBody: boolean } | undefined;
  readonly policies: readonly PlannedPolicy[];
  /** Whether callers sign. */
  readonly signed: boolean;
  /** The type of the plug-in that authenticates callers: `jwtAuth`. Only tokens are checked by what a run builds. */
  readonly guard?: GuardType | undefined;
}

/** Types of plug-ins that authenticate callers. */
export type GuardType = 'jwtAuth' | 'basicAuth' | 'remoteAuth';

/** An app, or who has tokens that a plug-in checks, as a consumer. Secrets and keys are read and passed when the plan is carried out. */
export interface PlannedConsumer {
  readonly name: string;
  readonly appId?: string | undefined;
  /** Of a plug-in `jwtAuth`. */
  readonly pluginId?: string | undefined;
  /** AppKey. */
  readonly key?: string | undefined;
  readonly enabled: boolean;
  /** Names of routes. They are authorized after they are published. */
  readonly routes: readonly string[];
}

/** A custom domain of the target. */
export interface PlannedDomain {
  readonly name: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** The identifier in Certificate Management Service: `1234567-cn-hangzhou`. */
  readonly certificate?: string | undefined;
  readonly forceHttps: boolean;
  readonly mutualTls: boolean;
}

/** An inbound rule in the security group of a backend: its source is the managed group of the gateway. */
export interface PlannedRule {
  readonly groupId: string;
  /** `8080/8080`. */
  readonly ports: string;
  /** Unique: the service returns no ID of a rule. */
  readonly description: string;
}

/** The change of one record, which sends callers to the target. */
export interface PlannedRecord {
  readonly name: string;
  /** What the record is now, as far as it is known. */
  readonly from: { readonly type: 'CNAME' | 'unknown'; readonly value?: string | undefined };
  /** `CNAME` of the access domain name of the gateway, which is known when it exists. */
  readonly to: { readonly type: 'CNAME'; readonly valueOf: 'gateway' };
  /** Whether a part of the calls can be sent: only where both values have the same type. */
  readonly weights: boolean;
}

/** A gateway that exists, or one that is bought. */
export type PlannedGateway =
  | { readonly adopt: string }
  | {
      readonly purchase: {
        readonly name: string;
        readonly spec: string;
        readonly vpcId: string;
        readonly vSwitchIds: readonly string[];
        readonly access: 'Internet' | 'Intranet' | 'InternetAndIntranet';
        readonly chargeType: 'POSTPAY' | 'PREPAY';
        /** List price in US dollars an hour in the mainland of China, where it is known; data that is processed costs more. */
        readonly hourlyUsd?: number | undefined;
      };
    };

/** What is built for one stage. */
export interface PlannedStage {
  readonly stage: string;
  readonly gateway: PlannedGateway;
  readonly api: { readonly name: string; readonly type: 'Http' | 'Rest'; readonly basePath: string };
  readonly services: readonly PlannedService[];
  readonly routes: readonly PlannedRoute[];
  readonly consumers: readonly PlannedConsumer[];
  readonly domains: readonly PlannedDomain[];
  readonly rules: readonly PlannedRule[];
  readonly records: readonly PlannedRecord[];
  /** What Postern does not do, and must be done before the switch. */
  readonly todos: readonly { readonly rule: string; readonly subject: string; readonly text: string }[];
}
