import type { About, Actor, HandoverItem, HandoverVerdict } from './assessment.js';
import type { AssessView } from './view.js';

/** What is said of it. */
export interface Said {
  readonly target?: string | undefined;
  readonly affects?: readonly ('callers' | 'backend')[] | undefined;
  readonly who?: Actor | undefined;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** False: the hand-over cannot go on without it. */
  readonly waivable?: false | undefined;
}

/** An item as a rule finds it. */
export type Found = Omit<HandoverItem, 'rule'>;

type Say = (code: string, about: About, said: Said) => Found;

/** The verdicts of rules. */
export const say: Readonly<Record<Exclude<HandoverVerdict, 'waived'>, Say>> = {
  exact: item('exact'),
  changed: item('changed'),
  blocked: item('blocked'),
  unknown: item('unknown'),
};

/** One row of the mapping: how it is found in a group, and what becomes of it. */
export interface HandoverRule {
  /** `path/parameters`. */
  readonly id: string;
  /** What it is in the classic service, and on APIG. */
  readonly classic: string;
  readonly apig: string;
  /** Every code that it may give, with its verdict. */
  readonly codes: Readonly<Record<string, Exclude<HandoverVerdict, 'waived'>>>;
  readonly find: (view: AssessView) => Iterable<Found>;
}

function item(verdict: Exclude<HandoverVerdict, 'waived'>): Say {
  return (code, { source, stage, apis }, { target, affects = [], who = 'none', message, remedy, waivable = true }) => ({
    code,
    verdict,
    ...(stage === undefined ? {} : { stage }),
    source,
    ...(target === undefined ? {} : { target }),
    apis,
    affects,
    who,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    waivable,
  });
}
