import type { Finding, ReportGap } from '../../do/findings/finding.js';
import type { Assumption } from '../../do/world/assumption.js';

/** An API group of Alibaba Cloud, and the instance to which it is to move. */
export interface GroupMigration {
  /** Follows from `group`. */
  readonly provider?: 'alibaba' | undefined;
  /** Needed where the snapshot shows the group in several regions. */
  readonly region?: string | undefined;
  /** The API group's ID. */
  readonly group: string;
  /** The ID of the instance that it is to move to. */
  readonly to: string;
}

/** Routes of an HTTP API of AWS, and the VPC link that they are to use. */
export interface RouteMigration {
  /** Follows from `api`. */
  readonly provider?: 'aws' | undefined;
  /** Needed where the snapshot shows the API in several regions. */
  readonly region?: string | undefined;
  /** The HTTP API's ID. */
  readonly api: string;
  /** One route's key; undefined: all routes that use `from`. */
  readonly route?: string | undefined;
  /** The IDs of the VPC links. */
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
