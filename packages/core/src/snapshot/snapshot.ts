import type { Allowlist } from '../model/allowlist.js';
import type { Egress } from '../model/egress.js';
import type { Gateway } from '../model/gateway.js';
import type { Link } from '../model/link.js';
import type { Listener, LoadBalancer, Network, NetworkInterface, SecurityGroup, Subnet } from '../model/network.js';
import type { Target } from '../model/target.js';

/** The version of the snapshot's form. */
export const SNAPSHOT_VERSION = 1;

/** Something that could not be read. A missing fact is never taken for an absent thing. */
export interface Gap {
  /** What was to be read, such as `security groups of vpc-1`. */
  readonly what: string;
  /** The operation that failed. */
  readonly operation: string;
  readonly code: string;
  /** The permission that would fill it, such as `ec2:DescribeSecurityGroups`. */
  readonly permission?: string | undefined;
}

/** What is there in one account and region. Plain JSON. */
export interface RegionSnapshot {
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly links: readonly Link[];
  readonly gateways: readonly Gateway[];
  readonly targets: readonly Target[];
  readonly allowlists: readonly Allowlist[];
  readonly egress: readonly Egress[];
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly Listener[];
  readonly interfaces: readonly NetworkInterface[];
  readonly gaps: readonly Gap[];
}

/** What is there, read once: a plain JSON value that checks and plans are computed from. */
export interface Snapshot {
  readonly version: typeof SNAPSHOT_VERSION;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly regions: readonly RegionSnapshot[];
}
