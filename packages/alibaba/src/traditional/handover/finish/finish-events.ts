import type { RunEvent, Journal, CallContext } from '@postern/core/internal/library';
import type { StepFailure } from '@postern/core/internal/cloud';
import type { TimedEvent } from '@postern/core/internal/plan';
import type { ClassicInstance } from '../switch/classic-side.js';
import type { WatchCalls } from '../switch/witness.js';
import type { ResolveName } from '../switch/dns.js';

/**
 * What may be removed at the end: APIs are taken off their stages (`offline`, which can be undone) or deleted, custom domains are
 * unbound, the group is deleted, and the former records of DNS are deleted.
 */
export type FinishRemoval = 'offline' | 'apis' | 'domains' | 'group' | 'records';

/** `publication`: an API on a stage. */
export type FinishKind = 'publication' | 'api' | 'domain' | 'group' | 'record';

/** Something that the hand-over leaves behind. */
export interface FinishItem {
  readonly kind: FinishKind;
  /** Of a publication: that of the API. */
  readonly id: string;
  readonly name: string;
  /** Of a publication. */
  readonly stage?: string | undefined;
  /** `removable`: with the consent that `by` names. `kept`: `reason` says why. */
  readonly state: 'removable' | 'kept' | 'removed';
  readonly by: FinishRemoval;
  readonly reason?: string | undefined;
}

export interface StageDrain {
  readonly stage: string;
  /** When all its names began to lead to the target: ISO 8601. */
  readonly switchedAt: string;
  /** From when on no caller should know the classic group any more: ISO 8601. */
  readonly drainedAt: string;
  /** `quiet`: no call came to the classic group in the period that was looked at. */
  readonly classic: 'quiet' | 'in-use' | 'unknown';
  readonly message: string;
}

/** Until when the instance of the classic group is paid. */
export interface PaidInstance extends ClassicInstance {
  /** What to do with it, in one sentence. */
  readonly advice: string;
}

/** Edits of programs that describe the infrastructure, as texts. */
export interface FinishEdits {
  /** Blocks `import` and what to remove, for Terraform. */
  readonly terraform: string;
  /** Commands `pulumi import`. */
  readonly pulumi: string;
  /** Links and integrations of a spec of Postern. */
  readonly postern: string;
}

/**
 * How it ended. `draining`: callers may still know the classic group. `in-use`: calls still come to it, or that is not known. `drained`:
 * everything that is listed may be removed. `finished`: what was consented to is removed.
 */
export type FinishState = 'draining' | 'in-use' | 'drained' | 'finished' | 'failed';

/** What the end of a hand-over removed, and what it kept. */
export interface FinishResult {
  readonly handover: string;
  readonly state: FinishState;
  readonly stages: readonly StageDrain[];
  readonly items: readonly FinishItem[];
  /** Undefined: the group does not exist any more, or its instance was not read. */
  readonly instance?: PaidInstance | undefined;
  readonly edits: FinishEdits;
  /** What is left to do by hand, one sentence each. */
  readonly notes: readonly string[];
  readonly failures: readonly StepFailure[];
}

/** What happens at the end of a hand-over. Steps are those of `RunEvent`. */
export type FinishEvent =
  | Extract<RunEvent, { readonly step: string }>
  | (TimedEvent & { readonly type: 'finish.started'; readonly handover: string; readonly stages: readonly string[] })
  | (TimedEvent & { readonly type: 'finish.done'; readonly result: FinishResult });

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
