import type { RunEvent, Spec } from '@postern/core/internal/library';
import type { MoveEvent, MoveRequest, MoveResult } from '@postern/core/internal/moves';
import type { EventError } from '@postern/core/internal/plan';
import type { WatchEvent, WatchVerdict } from '@postern/core/internal/watch';
import type { BroughtApproval, BroughtEntries, BroughtEvent, BroughtGoal, BroughtUnit } from './brought/names.js';

/** What a run does with its specs. */
export type FleetGoal = 'apply' | 'check' | 'watch' | 'migrate' | BroughtGoal;

/** How an account is reached. It names roles; it holds no credentials. */
export type FleetAccount = {
  /** The account's ID on its cloud. */
  readonly id: string;
  /** The name of the cloud, as in a spec: `aws`. */
  readonly provider: string;
  /** A name that people use for it. */
  readonly name?: string | undefined;
  /** The role that workers assume: its ARN. Without it the worker's own identity must belong to the account. */
  readonly role?: string | undefined;
  readonly externalId?: string | undefined;
};

/** One spec of a run, resolved: it names its accounts and regions. */
export type FleetSpec = BroughtEntries & {
  /** Unique in the run: the file, and the account where one file serves several. */
  readonly name: string;
  /** As JSON: without `places`. */
  readonly spec: Spec;
  /** Of the goal `migrate`: what moves. Of the spec, only `assume` is used then. */
  readonly moves?: FleetMoves | undefined;
};

/** What moves in one account and region, one move after the other. */
export type FleetMoves = {
  readonly provider: string;
  /** The ID of the account. */
  readonly account: string;
  readonly region: string;
  readonly moves: readonly FleetMove[];
};

/** A move, as `postern migrate` takes it; see `RunMoveOptions` for the members of the same names. */
export type FleetMove = {
  /** Links by their ID, or by their name where it is unique. An API group by its ID or name, or several by `shop-*`. */
  readonly request: MoveRequest;
  /** The IDs of security groups whose rules may be widened. */
  readonly manage?: readonly string[] | undefined;
  /** `CHECK` or `CHECK:SUBJECT`: undecided errors that do not stop the move. */
  readonly acceptUnknown?: readonly string[] | undefined;
  readonly canary?: number | undefined;
  readonly batch?: number | undefined;
  readonly pauseMs?: number | undefined;
  readonly drainMs?: number | undefined;
  readonly probePath?: string | undefined;
};

/** Specs that start together, once those of the wave before have ended. */
export type FleetWave = {
  readonly name: string;
  /** Names of `RunRequest.specs`. */
  readonly specs: readonly string[];
  /** Whether a user has to approve the wave before it begins. */
  readonly approval?: boolean | undefined;
};

/** What a user is asked about. */
export type ApprovalKind = 'wave' | 'purchase' | 'deletion' | 'move' | BroughtApproval;

/** Limits of a run. */
export type FleetLimits = {
  /** How many specs are carried out at the same time. Default 50. */
  readonly concurrency?: number | undefined;
  /** How many specs may fail before no further wave begins. Default 0. */
  readonly toleratedFailures?: number | undefined;
  /** See `ApplyOptions.maxDeletes`; of each spec. */
  readonly maxDeletes?: number | undefined;
};

/** A run, as it is sent to the engine. Plain JSON without credentials. */
export type RunRequest = {
  /** Unique, chosen by the sender: letters, digits, `-`, `.` and `_`. The same ID twice is the same run. */
  readonly run: string;
  readonly goal: FleetGoal;
  readonly specs: readonly FleetSpec[];
  readonly accounts: readonly FleetAccount[];
  /** In their order. Every spec is in one wave. */
  readonly waves: readonly FleetWave[];
  readonly limits?: FleetLimits | undefined;
  /** What is asked before it is done, besides the waves that say so. A purchase that is not listed is refused. */
  readonly approvals?: readonly Exclude<ApprovalKind, 'wave'>[] | undefined;
  /** Who may approve; empty or absent: whoever reaches the engine. */
  readonly approvers?: readonly string[] | undefined;
  readonly options?: RunOptions | undefined;
  /** Who started it and why, for the report. */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
};

/** How each spec is carried out; see the members of `ApplyOptions` and `PlanOptions` of the same names. */
export type RunOptions = {
  readonly allowPurchase?: boolean | undefined;
  readonly deleteAllRoutes?: boolean | undefined;
  readonly drain?: number | undefined;
  readonly ignoreFindings?: readonly string[] | undefined;
  readonly probe?: boolean | undefined;
  readonly prune?: boolean | undefined;
  readonly replaceFailed?: boolean | undefined;
  /** Of the goal `migrate`: the moves that earlier runs left open return to their recorded state. */
  readonly rollback?: boolean | undefined;
};

/** What a run, a wave, a spec or a unit has come to. */
export type FleetState =
  /** It waits: for its turn, or for what comes before it. */
  | 'waiting'
  /** A spec: it is read and planned. */
  | 'planning'
  /** It waits for an approval. */
  | 'asking'
  | 'running'
  | 'paused'
  | 'done'
  | 'failed'
  /** It was not tried: what it needs failed, or too much failed before it. */
  | 'skipped'
  | 'canceled';

/** How many have which state; states without one are left out. */
export type StateCounts = Readonly<Partial<Record<FleetState, number>>>;

/** What a unit of the goal `migrate` moves, and, once it has ended, what came of it. */
export type MovedUnit = {
  /** The IDs of the links. */
  readonly from: string;
  readonly to: string;
  /** `shop (0f1e2d3c)`; the routes of an integration, or a stage: one each. */
  readonly parts: readonly string[];
  readonly result?: MoveResult | undefined;
};

/** What failed below the steps, and is tried again: a defect, a file, the engine, a call that hung. After some attempts it is an error. */
export type Retried = {
  /** Of the last attempt, on the clock of the worker. */
  readonly at: string;
  /** The unit, where it is one of a spec's. */
  readonly unit?: string | undefined;
  /** Absent: it failed outside of a step. */
  readonly step?: string | undefined;
  readonly code: string;
  readonly message: string;
};

/** A unit of a spec's plan: a link, an integration, a gateway; or a move. */
export type UnitState = BroughtUnit & {
  /** `<spec>/<unit ID>`. */
  readonly id: string;
  readonly spec: string;
  /** The ID of the unit in its plan: `link:eu`. */
  readonly unit: string;
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly state: FleetState;
  readonly steps: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why it failed: of its first failed step. */
  readonly error?: EventError | undefined;
  /** Of the goal `migrate`. */
  readonly moved?: MovedUnit | undefined;
  /** Of one that has not ended. */
  readonly retried?: Retried | undefined;
};

/** Of the goal `watch`: the verdicts of a spec after a round. */
export type WatchedState = {
  /** The key of its history, which is kept over all rounds: see `FleetClient.history`. */
  readonly history: string;
  /** How many integrations and links have each verdict. */
  readonly counts: Readonly<Record<WatchVerdict, number>>;
  /** What does not work, at most 20. */
  readonly open: readonly {
    /** `integration orders` */
    readonly subject: string;
    readonly verdict: WatchVerdict;
    readonly since: string;
    /** The first reason: `path/security-group: …`. */
    readonly why?: string | undefined;
  }[];
};

/** A unit that failed, and its first failure. */
export type FailedUnit = { readonly unit: string; readonly error: EventError };

/** A spec of a run. */
export type SpecState = {
  readonly name: string;
  readonly wave: string;
  readonly state: FleetState;
  readonly units: StateCounts;
  /** The version of the workers that carry it out; absent before it began. */
  readonly workers?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  /** Steps that were not needed; of moves: gateways that had moved already. */
  readonly unchanged?: number | undefined;
  /** Findings of the plan, or of `check`, by verdict. */
  readonly findings?: Readonly<Record<string, number>> | undefined;
  /** Of the goal `watch`. */
  readonly watched?: WatchedState | undefined;
  /** Why it could not be planned or was refused. */
  readonly error?: EventError | undefined;
  /** Of one that has ended: the first of its units that failed, in the order of its plan; `units` counts all. */
  readonly failed?: readonly FailedUnit[] | undefined;
  /** Of one that has not ended: the last failure of its planning, or of one of its units. */
  readonly retried?: Retried | undefined;
};

/** A question to a user, and the answer. */
export type Approval = {
  /** Unique in the run: `wave canary`, `deletion orders`. */
  readonly id: string;
  readonly kind: ApprovalKind;
  /** The wave or the spec that waits for it. */
  readonly subject: string;
  /** What is asked, in sentences for a user. */
  readonly question: readonly string[];
  readonly askedAt: string;
  readonly answer?: ApprovalAnswer | undefined;
};

/** The answer to an approval. */
export type ApprovalAnswer = {
  readonly approved: boolean;
  readonly by: string;
  readonly at: string;
  readonly reason?: string | undefined;
};

/** A run as `status` shows it. */
export type RunState = {
  readonly run: string;
  readonly goal: FleetGoal;
  readonly state: FleetState;
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly waves: readonly { readonly name: string; readonly state: FleetState }[];
  readonly specs: readonly SpecState[];
  /** Over all specs. */
  readonly counts: { readonly specs: StateCounts; readonly units: StateCounts };
  /** Open ones and answered ones, in the order in which they were asked. */
  readonly approvals: readonly Approval[];
  /** Pauses, resumes and cancellations. */
  readonly actions: readonly RunAction[];
  /** Of one that has not ended: what failed outside of its specs. */
  readonly retried?: Retried | undefined;
  /** Of one that was canceled and has not ended: from then on another cancellation ends it, where its workers are gone for good. */
  readonly cancelAgainAt?: string | undefined;
  /** Of one that has not ended, where the client knows the admin address: addresses of workers at which parts of the run fail. */
  readonly unanswered?: readonly UnansweredParts[] | undefined;
  /** Of `start`: the run was begun before with other specs, accounts, waves or options, and goes on with those. */
  readonly differs?: true | undefined;
  /** Of `pause`, `resume` and `cancel`: nothing was done, because of this state of the run. */
  readonly unchanged?: 'ended' | 'canceled' | 'paused' | 'not paused' | undefined;
  /** Why it ended without carrying out its waves. */
  readonly error?: EventError | undefined;
};

/** Parts of a run that the engine tries again at the address that they began on. */
export type UnansweredParts = {
  readonly address: string;
  readonly parts: number;
  /** What the engine says about it. */
  readonly message: string;
};

/** Who does something and why, for the report. */
export type Author = {
  readonly by: string;
  readonly reason?: string | undefined;
};

/** What a user did to a run. */
export type RunAction = {
  readonly action: 'pause' | 'resume' | 'cancel';
  readonly at: string;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
};

/** An event of a unit's steps. */
export type UnitEvent = RunEvent | MoveEvent | WatchEvent | BroughtEvent;

/** The same, with its place. */
export type FleetEvent = UnitEvent & { readonly spec: string };
