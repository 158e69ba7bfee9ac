import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';

/** What has to be done to one link of the spec. */
export interface LinkPlan {
  readonly resolved: ResolvedLink;
  /** The existing link; undefined where it has to be created. */
  readonly current?: Link | undefined;
  readonly steps: readonly Step[];
  /** Entries of its allowlist that are not declared: revoked only when nothing needs them any more. */
  readonly extra: readonly AllowEntry[];
  /**
   * Set where old and new rules of its allowlist do not fit together, and old ones that may be needed are
   * removed first.
   */
  readonly crowded?: CrowdedList | undefined;
  /** What its allowlist must hold. Undefined: not managed. */
  readonly entries?: readonly AllowEntry[] | undefined;
  /** The group that holds the allowlist, where it is one. */
  readonly allowlistId?: string | undefined;
  /** A replaced link that holds this allowlist until the link to be created has it, too. */
  readonly sharing?: Link | undefined;
  /** Managed links that `current`, or the link to be created, replaces. */
  readonly replaced: readonly Link[];
  readonly notes: readonly string[];
  readonly unchanged: number;
}

/** An allowlist whose old and new rules do not fit into one group together. */
export interface CrowdedList {
  /** Rules of one family that are there now. */
  readonly there: number;
  /** Rules by which both together exceed {@link MAX_ALLOW_ENTRIES}. */
  readonly over: number;
}
