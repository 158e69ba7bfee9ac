import type { Template } from '../../ground/text/template.js';
import type { Severity, Verdict } from './finding.js';

/** A verdict of a check: its sentences as templates (`ground/text/template.ts`). */
export interface Text<V extends Verdict = Verdict, T extends string = string> {
  readonly verdict: V;
  /** The message; of an unknown without a remedy what follows `cannot determine whether`. A list: the first text that applies. */
  readonly message: Template;
  readonly remedy?: Template | undefined;
  /** The remedy for who changes the network with another tool, and has no spec: in a plan of that tool. */
  readonly inPlan?: Template | undefined;
  /** Only in types: its texts. */
  readonly texts?: T | undefined;
  /** Where it is not that of the check. */
  readonly severity?: Severity | undefined;
}

/** The verdicts of a check by their codes. */
export type Texts = Readonly<Record<string, Text>>;
