import type { Missing } from '../../world/views.js';
import type { Place } from '../end.js';
import type { References } from '../groups/judge.js';
import type { Span } from '../span.js';
import { worstOf, type Step, verdictOf } from '../step.js';
import type { Verdict } from '../../findings/finding.js';
import type { World } from '../world.js';

/** Where routes lead a packet. */
export interface Arrival {
  readonly verdict: Verdict;
  readonly steps: readonly Step[];
  /** Where it comes out; undefined where it stops, or where nobody can say. */
  readonly at?: Reached | undefined;
  /** Whether rules of the sender's groups, and those of the receiver's, may name groups of the other end. */
  readonly references: { readonly out: References; readonly in: References };
  /** Subnets of a router between networks, whose network ACLs see the packets, too. */
  readonly gates?: Gates | undefined;
  /** A route was made for just this place, but its next hop is gone: the network was connected to it, and may be again. */
  readonly dead?: true | undefined;
}

export interface Gates {
  readonly near: Place;
  readonly far: readonly Place[];
}

/** A network of the snapshot; or a place behind something that leads out of what the snapshot shows. */
export type Reached =
  | { readonly kind: 'network'; readonly world: World; readonly networkId: string }
  | { readonly kind: 'remote'; readonly behind: string }
  | { readonly kind: 'hidden'; readonly missing: Missing };

const KEPT = { out: 'kept', in: 'kept' } as const;
const LOST = { out: 'lost', in: 'lost' } as const;

/** A packet that comes out somewhere. */
export function arrives(
  steps: readonly Step[],
  at: Reached,
  references: Arrival['references'] = at.kind === 'remote' ? LOST : KEPT,
  gates?: Gates,
): Arrival {
  return { verdict: verdictOf(steps), steps, at, references, gates };
}

/**
 * A packet that is stopped, or of which nobody can say where it goes. What stops it is said at that hop: rules before it are read
 * as if groups were known on the way.
 */
export function stops(steps: readonly Step[]): Arrival {
  return { verdict: verdictOf(steps), steps, references: KEPT };
}

/** Both have to hold: the first that does not, else the first that nobody knows, else the first. */
export function worstArrival(arrivals: readonly Arrival[]): Arrival | undefined {
  return worstOf(arrivals);
}

/** What a hop knows of where a packet comes from and where it goes. */
export interface Leaving {
  readonly place: Place;
  readonly to: Span;
}
