import type { AttributeUse } from '../declared/open.js';

/** An attribute that is needed and not known: where, and why. */
export class UnknownAttribute extends Error {
  constructor(
    readonly address: string,
    readonly attribute: string,
    reasons: readonly string[],
    /** Whether the apply makes it known; otherwise it is in no file. */
    readonly isLater = true,
  ) {
    super(`${address}.${attribute}`);
    this.reasons = fewOf(reasons);
  }

  /** Each as a part of a sentence; of many the first. */
  readonly reasons: readonly string[];

  /** In a sentence: `aws_lb.a.subnets is known after the apply: …`. */
  said(later: string): string {
    return `${this.address}.${this.attribute}${this.isLater ? ` is known ${later}` : ''}: ${this.reasons.join('; ')}`;
  }
}

/** An attribute that has one of several values: the plan does not tell which. */
export interface Choice {
  readonly address: string;
  readonly attribute: string;
  /** Of a list first all candidates, then each alone. */
  readonly alternatives: readonly (readonly string[])[];
  /** Of a list: see {@link AttributeUse.more}. */
  readonly more: AttributeUse['more'];
  /** Whether all alternatives are there at the same time, as the stages of a gateway: the worst verdict counts. */
  readonly every?: true | undefined;
  /**
   * Of what only allows more: `below`, without any of the alternatives less is allowed than with each; `bounds`, the alternatives are
   * the most and the least, and what is there lies between.
   */
  readonly least?: 'below' | 'bounds' | undefined;
  /** Whether the alternatives are in a map or an object: see {@link Candidates.isMap}. */
  readonly isMap?: true | undefined;
  /** See {@link Candidates.undescribed}. */
  readonly undescribed?: readonly string[] | undefined;
  /** Of a reading of what is not known, for reports: what a verdict depends on, and why there is none. */
  readonly reading?: Reading | undefined;
}

/** What reports say of a value that was read in one way, or in several. */
export interface Reading {
  /** Of a verdict: `holds if …`. Undefined: the readings are all there are. */
  readonly judged?: string | undefined;
  /** Where readings differ: what is open, and what helps. */
  readonly open: string;
  /** It may be none of them: what fails in all is not certain. */
  readonly isGuess?: true | undefined;
}

/** Takes one alternative of a choice, by its number. */
export type Choose = (choice: Choice) => readonly string[];

/** Reasons that fit on a screen: the first, and how many there are besides. */
export function fewOf(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - MOST_REASONS;
  return more <= 1 ? reasons : [...reasons.slice(0, MOST_REASONS), `and ${more} more reasons`];
}

const MOST_REASONS = 4;

/** What is found, or undefined where it needs what is not known. */
export function ifKnown<T>(find: () => T | undefined): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnknownAttribute) return undefined;

    throw error;
  }
}
