import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { Owner } from '../../../do/model/owner.js';
import type { LinkSpec } from '../../../do/spec.js';

/** A managed security group. It contains what a spec declares and nothing else. */
export interface KeptGroup {
  readonly id: string;
  /** The blocks that the spec declares, and the ports of those that name their own. */
  readonly declared: Pick<LinkSpec, 'allowlist' | 'allowPorts'>;
  /** Where it declares them: `links.eu.allowlist`. */
  readonly path: string;
  /** Whose spec declares them, where it is not this one. */
  readonly by?: Owner | undefined;
  /** What is left of the group where the spec declares less than it holds. */
  readonly narrowed?: NarrowedGroup | undefined;
}

/** A managed group without what the next `postern apply` removes. */
export interface NarrowedGroup {
  readonly group: SecurityGroup;
  /** The rules that go. */
  readonly leaving: readonly SecurityGroupRule[];
}
