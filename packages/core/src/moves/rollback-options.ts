import type { AssumedFacts } from '../do/spec.js';
import type { AcceptedUnknown } from './validate/migration.js';

/** Options of a return. */
export interface RollbackMoveOptions {
  /** In milliseconds: calls may use the new link for so long after the return. Default 15 minutes. */
  readonly drainMs?: number | undefined;
  /** Undecided errors of the move back that do not stop it. */
  readonly accept?: readonly AcceptedUnknown[] | undefined;
  readonly assume?: AssumedFacts | undefined;
  /** Whether to return although validation reports errors of the move back, or the former targets of a shift take no calls. */
  readonly force?: boolean | undefined;
}
