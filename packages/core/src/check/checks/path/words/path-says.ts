import type { Mending, Params } from '../../../../do/findings/finding.js';
import type { Rule } from '../../../../do/findings/check.js';
import type { PathReasonCode, ReasonFacts } from '../../../path/model/reasons.js';
import type { Described } from '../../../path/model/reasons.js';

/** What is reported of a hop that stops a packet, or whose result is not known. */
export interface Said {
  /** In one sentence, without a full stop. */
  readonly because: string;
  readonly remedy?: string | undefined;
  /** Set where the remedy is to apply the spec as it is. */
  readonly mendedBy?: Mending | undefined;
  /** The facts that are published, where these are not all facts of the reason. */
  readonly params?: Params | undefined;
  /** The evidence, where it names the reason of another hop. */
  readonly text?: string | undefined;
}

/** The reason of another hop, as a part of this one. */
export interface Inner {
  readonly because: string;
  readonly remedy?: string | undefined;
  /** Its published facts, after its code under the given name. */
  readonly under: (name: string) => Params;
}

/** The sentences of a hop, by the code of its reason: from the facts of that code, and from the hops that these contain. */
export type PathSays = {
  readonly [C in PathReasonCode]: (facts: ReasonFacts[C], inner: (described: Described) => Inner) => Said;
};

/** The texts of one check for its documentation. */
export type PathRule = Pick<Rule, 'title' | 'about' | 'unsettled' | 'sources'>;
