import type { OpenFinding } from './finding.js';

/** Findings that a report shows as one entry: those of one cause, and those that say the same of others. */
export interface FindingCause {
  /** Its checks, that of the first finding first: `target/healthy`, `path/load-balancer`. */
  readonly checks: readonly string[];
  /** The value of `--ignore-findings` (an item of `ignoreFindings`) that covers all its findings. */
  readonly ignore: string;
  /** Where the first finding belongs in the spec: `integrations.shop.targets.orders`. */
  readonly path: string;
  /** Those of the first finding. */
  readonly subject: string;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** What its others are about, where that is not the subject: `i1`, `t4 (sg-2)`. */
  readonly likewise: readonly string[];
  /** What is combined, each by its check and subject. */
  readonly findings: readonly Pick<OpenFinding, 'check' | 'subject' | 'integration'>[];
}
