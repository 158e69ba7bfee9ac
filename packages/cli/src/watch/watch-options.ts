import type { NamedReport } from '../grammar/report-option.js';
import type { CommonOptions } from '../invocation.js';

/** Options of `postern watch`. */
export interface WatchOptions extends CommonOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly checks?: readonly string[];
  readonly once?: boolean;
  /** Milliseconds. */
  readonly every?: number;
  readonly history?: string;
  readonly notify?: readonly string[];
  readonly report?: readonly NamedReport<'html' | 'json'>[];
  readonly metrics?: string;
  readonly metricsPort?: number;
  readonly metricsHost?: string;
  readonly failOn: 'error' | 'unknown';
}
