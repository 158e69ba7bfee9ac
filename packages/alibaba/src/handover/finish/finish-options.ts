import type { Journal, CallContext } from '@postern/core';
import type { ResolveName } from '../switch/dns.js';
import type { WatchCalls } from '../switch/witness.js';
import type { FinishRemoval } from './finish-events.js';

/** What the end of a hand-over works with. */
export interface FinishHandoverOptions {
  readonly context: CallContext;
  /** That of the switch: it has when all names began to lead to the target. Without its records the drain begins now. */
  readonly journal: Journal;
  /** What is removed, once the drain has ended. Default: nothing. */
  readonly remove?: readonly FinishRemoval[] | undefined;
  /** How long a client keeps a connection, in milliseconds. Default one hour. */
  readonly keepAliveMs?: number | undefined;
  /** What the classic group served in the last part of the drain. */
  readonly watch?: WatchCalls | undefined;
  /** Removes also where no witness says whether calls still come to the classic group. Default false. */
  readonly acceptUnwatched?: boolean | undefined;
  /** Asks resolvers, for records that the account's DNS does not have. */
  readonly resolve?: ResolveName | undefined;
}
