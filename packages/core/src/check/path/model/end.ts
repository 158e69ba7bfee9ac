import type { Missing } from '../../../do/world/views.js';
import type { GroupSet } from './group-set.js';
import type { KeptGroup } from './kept-group.js';
import { isPoint, spanText, type Span } from './span.js';
import type { SubnetPlace } from './world.js';

/** One end of a path: some addresses, and the filters in front of them. */
export interface End {
  /** `10.20.1.7`, `subnet-0a (10.0.1.0/24)`. */
  readonly text: string;
  readonly span: Span;
  /** The addresses of the span that are in use today, where that is known. */
  readonly points?: readonly Span[] | undefined;
  /** Undefined where no subnet of the snapshot holds it. */
  readonly place?: SubnetPlace | undefined;
  /** Why its subnet is not known, where it has one. */
  readonly unplaced?: Missing | undefined;
  readonly networkId?: string | undefined;
  /** The security groups of its interfaces; undefined where it has no security groups. */
  readonly groups?: GroupSet | undefined;
  /** The one of its groups that `postern apply` manages: it removes a rule that is added by hand. */
  readonly kept?: KeptGroup | undefined;
  /** Whether network ACLs filter what reaches it. */
  readonly behindNetworkAcl: boolean;
  /** What the addresses belong to: `load balancer orders-alb`. */
  readonly owner?: string | undefined;
}

/** The addresses of an end as a block for a rule: its subnet's where it has one, since single addresses change. */
export function blockText({ span, place }: Pick<End, 'span' | 'place'>): string {
  const block = place?.spans.find(({ family }) => family === span.family);
  return textOfBlock(block ?? span);
}

/** A span as rules write it: a single address is a block, too. */
function textOfBlock(span: Span): string {
  return isPoint(span) ? `${spanText(span)}/${span.family === 4 ? 32 : 128}` : spanText(span);
}
