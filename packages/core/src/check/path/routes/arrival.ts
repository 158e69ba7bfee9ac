import type { Missing } from '../../../do/world/views.js';
import type { SubnetPlace, World } from '../model/world.js';
import type { References } from '../groups/judge.js';
import type { Span } from '../model/span.js';
import { verdictOf, type PathStep } from '../model/step.js';
import type { Verdict } from '../../../do/findings/finding.js';

/** The path of a packet by the routes. */
export interface Arrival {
  readonly verdict: Verdict;
  readonly steps: readonly PathStep[];
  /** Where the packet arrives; undefined where it stops, or where that cannot be determined. */
  readonly at?: Reached | undefined;
  /** Whether rules of the sender's groups, and those of the receiver's, may name groups of the other end. */
  readonly references: { readonly out: References; readonly in: References };
  /** Subnets of a router between networks, whose network ACLs apply to the packets, too. */
  readonly gates?: Gates | undefined;
  /** A route exists for this destination, but its next hop was deleted: the network was connected to it, and may be again. */
  readonly dead?: true | undefined;
}

export interface Gates {
  readonly near: SubnetPlace;
  readonly far: readonly SubnetPlace[];
}

/** A network of the snapshot; or a destination behind a connection that the snapshot does not show. */
export type Reached =
  | { readonly kind: 'network'; readonly world: World; readonly networkId: string }
  | { readonly kind: 'remote'; readonly behind: string }
  | { readonly kind: 'hidden'; readonly missing: Missing };

const KEPT = { out: 'kept', in: 'kept' } as const;
const LOST = { out: 'lost', in: 'lost' } as const;

/** A packet that arrives. */
export function arrives(
  steps: readonly PathStep[],
  at: Reached,
  references: Arrival['references'] = at.kind === 'remote' ? LOST : KEPT,
  gates?: Gates,
): Arrival {
  return { verdict: verdictOf(steps), steps, at, references, gates };
}

/**
 * A packet that is stopped, or whose path cannot be determined. That hop reports what stops it. Rules before
 * it are evaluated as if security group references were kept on the path.
 */
export function stops(steps: readonly PathStep[]): Arrival {
  return { verdict: verdictOf(steps), steps, references: KEPT };
}

/** The source and destination of a packet, as known at a hop. */
export interface Leaving {
  readonly place: SubnetPlace;
  readonly to: Span;
}
