import type { SelectionOptions } from './select-findings.js';
import type { ReportOptions } from './write-check-report.js';

/** The options of `postern check`. */
export interface CheckCommandOptions extends SelectionOptions, ReportOptions {
  readonly region?: string;
  readonly snapshot?: string;
  readonly checks?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly now?: string;
  readonly terraform?: string;
  readonly state?: string;
  readonly changeSet?: string;
  readonly template?: string;
  readonly pulumi?: string;
}
