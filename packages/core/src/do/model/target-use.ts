import type { TargetTls } from './target.js';

/** What is known of a target's use before it is resolved. */
export interface CheckedUse {
  readonly tls?: TargetTls | undefined;
}
