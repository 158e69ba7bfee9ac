import type { Finding, ReportGap } from '../../do/findings/finding.js';
import type { Assumption } from '../../do/world/assumption.js';

/** A gateway that moves as a whole, and the link to which it is to move: an API group of Alibaba Cloud, and its instance. */
export interface GroupMigration {
  /** The cloud. By default the first of the set whose gateways move so: Alibaba Cloud. */
  readonly provider?: string | undefined;
  /** Needed where the snapshot shows the group in several regions. */
  readonly region?: string | undefined;
  /** The ID of the gateway, such as an API group's. */
  readonly group: string;
  /** The ID of the instance that it is to move to. */
  readonly to: string;
}

/** Routes of a gateway that move one by one, and the link that they are to use: those of an HTTP API of AWS, and its VPC link. */
export interface RouteMigration {
  /** The cloud. By default the first of the set whose routes move so: AWS. */
  readonly provider?: string | undefined;
  /** Needed where the snapshot shows the API in several regions. */
  readonly region?: string | undefined;
  /** The ID of the gateway, such as an HTTP API's. */
  readonly api: string;
  /** One route's key; undefined: all routes that use `from`. */
  readonly route?: string | undefined;
  /** The IDs of the links. */
  readonly from: string;
  readonly to: string;
}

/** What is to move where: `{ group, to }`, or `{ api, route?, from, to }`. */
export type Migration = GroupMigration | RouteMigration;

/** One entry that a backend's own allowlist needs, in a form ready to paste. */
export interface ImpactEntry {
  readonly form: 'security-group' | 'access-control-list' | 'network-acl' | 'nginx' | 'iptables' | 'terraform' | 'json';
  /** The list or file to change: `sg-1`, `acl-bp1`, `nginx`. */
  readonly where: string;
  readonly text: string;
}

/** What a move changes for one backend. */
export interface Impact {
  /** `lb-bp1:8080 (orders)`, `10.20.0.7:8080`. */
  readonly backend: string;
  /** The blocks that calls come from now, canonical. */
  readonly old: readonly string[];
  /** The blocks that they will come from. While DNS drains, both do. */
  readonly new: readonly string[];
  /** What to add before the move; nothing is to be removed before calls through the old link have drained. */
  readonly entries: readonly ImpactEntry[];
}

/** The version of the structure of {@link MigrationReport}. */
export const MIGRATION_REPORT_VERSION = 1;

/** Whether a move may go ahead, and what it changes. Plain JSON, in a stable order. */
export interface MigrationReport {
  readonly version: typeof MIGRATION_REPORT_VERSION;
  readonly findings: readonly Finding[];
  readonly impact: readonly Impact[];
  readonly gaps: readonly ReportGap[];
  readonly assumptions: readonly Assumption[];
}

/** A result that may remain unproven without stopping the move: `CHECK` or `CHECK:SUBJECT`. */
export interface AcceptedUnknown {
  readonly check: string;
  readonly subject?: string | undefined;
}
