import type { Prefix } from '../../../cidr/prefix.js';

/** A caller that the spec declares for a port behind a security group: a link, or a load balancer that forwards to its targets. */
export interface DeclaredCaller {
  readonly port: number;
  /** Groups that its calls carry. */
  readonly groupIds: readonly string[];
  readonly prefixes: readonly Prefix[];
  /** What a rule for it has to name: a group, or blocks. None where it needs no rule. */
  readonly names: readonly string[];
}

/** The caller, on any port. */
export type Client = Omit<DeclaredCaller, 'port'>;
