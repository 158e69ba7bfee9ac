import type { CallContext } from '../ground/calls/call-context.js';
import type { Json } from '../ground/json.js';
import type { GatewayKind } from './model/gateway-kind.js';
import type { Claim } from './model/owner.js';
import type { GatewayRef, LinkRef } from './model/reference.js';

/**
 * One of the smallest parts of a gateway that can change link by itself: an API group, the routes of an HTTP API that
 * share an integration, a stage of a REST API.
 */
export type MoveUnit = {
  /** Unique in a move, for people and for references: `api-group 0f1e2d3c`. No code parses it. */
  readonly id: string;
  readonly gateway: GatewayRef;
  readonly from: LinkRef;
  readonly to: LinkRef;
  /** HTTP API: the keys of the routes that move, `ANY /orders`. Undefined: the whole gateway or stage. */
  readonly routes?: readonly string[] | undefined;
  /** HTTP API: the integration that these routes use now. */
  readonly integration?: string | undefined;
  /** REST API: the stage that moves. */
  readonly stage?: string | undefined;
  /** REST API: the load balancer behind the new link, by name or ARN. */
  readonly targetBalancer?: string | undefined;
  /** Of a shift: calls change their target behind one link, and `from` and `to` are targets. */
  readonly shift?: ShiftedPart | undefined;
};

/** What shares calls among targets, and how it is to share them. The unit's `gateway` is the resource that has it. */
export type ShiftedPart = {
  /** The part of the resource, such as the ARN of a rule of a listener. Undefined: its default. */
  readonly part?: string | undefined;
  /** The new target, as the user named it; empty where only variables change. */
  readonly to: string;
  /** Of a stage: variables that have other values for its share of the calls. */
  readonly variables?: { readonly [name: string]: string } | undefined;
  /** The shares of the new target, in percent: rising, and the last one is 100. */
  readonly steps: readonly number[];
};

/** What `capture` returns at least of a shift. */
export type ShiftCaptured = {
  /** What the targets are: `target-group`. */
  readonly kind: string;
  /** The targets that get calls, without the new one. */
  readonly from: readonly ShiftedTarget[];
  readonly to: ShiftedTarget;
  /** What the new target gets before the shift, in percent. */
  readonly percent: number;
  /** What callers may notice. One sentence each. */
  readonly notes: readonly string[];
};

/** A target that gets a share of the calls. */
export type ShiftedTarget = { readonly id: string; readonly name: string };

/** What else writes the shares of a unit: the deployments of a service. `unread`: why it was not read whether there is one. */
export type ShareWriter =
  { readonly id: string; readonly name: string; readonly strategy: string } | { readonly unread: string };

/** What `capture` and `prepare` returned: plain JSON without secrets, kept in the journal and in plan files. */
export interface MoveState {
  readonly captured: Json;
  /** Undefined: not prepared. */
  readonly prepared?: Json | undefined;
}

/** Where calls of a unit go now, read from the cloud. */
export type MovePosition = {
  /**
   * `old`, `new`: all calls use that link. `moving`: the cloud is still carrying out a change. `canary`: `percent` of
   * the calls use the new link. `elsewhere`: neither link, so something else changed it.
   */
  readonly at: 'old' | 'moving' | 'canary' | 'new' | 'elsewhere';
  readonly percent?: number | undefined;
  /**
   * What the cloud reports about the last change that failed, in its own words. It may be about a change before this
   * move: the caller compares it with what it read before its own change.
   */
  readonly failure?: string | undefined;
  /** Of `elsewhere`: what was found instead. */
  readonly found?: string | undefined;
  /** Parts of the unit that something else deleted or led elsewhere, one text each. The position is that of the others. */
  readonly left?: readonly string[] | undefined;
  /** Of `elsewhere`: the unit does not exist any more. */
  readonly exists?: false | undefined;
};

/** The position of a unit whose gateway or stage does not exist any more. */
export const GONE: MovePosition = { at: 'elsewhere', found: 'it does not exist', exists: false };

/** A route that exists for a test of a move. */
export interface MoveTest {
  /** Its key, with a random path. */
  readonly key: string;
  /** The key of the route that it leads like, over the new link. */
  readonly copies: string;
  readonly owner: Claim;
}

/** How shifts of one kind behave, and the clauses of their plans. */
export interface ShiftTraits {
  /** How long targets may take until they are healthy; 0 where nothing shows it. */
  readonly readyMs: number;
  /** What the new target does before its first share: `is attached without a share`. */
  readonly ready?: string | undefined;
  /** What the former target does at 100 %: `stays in place without a share`. */
  readonly former: string;
  /** What `promote` does: `detaches the former target group`. */
  readonly promote: string;
}

/** How moves of gateways of one kind behave. */
export interface MoveTraits {
  /** Whether a part of the calls can be sent to the new link: `shift` then accepts 0 to 100, otherwise only 100. */
  readonly canary: boolean;
  /**
   * Whether `prepare`, and of a shift `shift`, changes what a deployment of another writer publishes. `back` undoes that, also of a
   * unit that was not switched.
   */
  readonly sharesWorkingCopy?: true | undefined;
  /** Whether `where` shows `moving` while the cloud carries out a change; otherwise a change that was accepted is done. */
  readonly showsMoving: boolean;
  /** Between two reads of `where` after a change. */
  readonly pollMs: number;
  /** How long a change may take. */
  readonly timeoutMs: number;
  /** Of kinds whose calls are shifted. */
  readonly shift?: ShiftTraits | undefined;
  /** How long callers may still use the old link after `where` shows the new one: DNS, caches. */
  readonly takesEffectMs: number;
  /** What `verify` compares, for plans: a list of nouns. */
  readonly verifies: string;
  /** The cloud calls that one unit takes, each once except the reads of `where`; for plans. */
  readonly calls: {
    readonly capture: readonly string[];
    readonly prepare: readonly string[];
    readonly shift: readonly string[];
    readonly where: readonly string[];
    readonly settle: readonly string[];
    readonly verify: readonly string[];
  };
}

/** What a return waits for: the former targets take calls, as the new one must before its first share. */
export interface MoveWayBack {
  /**
   * Makes it possible to see whether they do, without a share: a target group that something else has detached is attached.
   * @throws {PosternError} `WORLD_MOVED` where one of them does not exist any more
   */
  readonly prepare: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<void>;
  /** Why they do not, as a clause; undefined where they do. */
  readonly ready: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<string | undefined>;
}

/**
 * How an adapter moves units of gateways of one kind. Each function is safe to repeat after a lost answer or a killed
 * process.
 */
export interface MoveDriver {
  /** The kinds of gateways that the adapter moves. */
  readonly kinds: readonly GatewayKind[];
  /** @throws {UnsupportedError} for a kind that the adapter does not move. The functions below as well. */
  readonly traits: (kind: GatewayKind) => MoveTraits;
  /** Reads the state to return to. Called before anything is changed, and never after. */
  readonly capture: (unit: MoveUnit, ctx: CallContext) => Promise<Json>;
  /**
   * Creates a route that leads where one of the unit will lead over the new link, and that callers must be authorized for.
   * `routes` calls and deletes it. For kinds whose new link the cloud tests by such a route
   * (`GatewayKindTraits.testedByRoute`).
   */
  readonly createTest: (unit: MoveUnit, test: MoveTest, ctx: CallContext) => Promise<void>;
  /**
   * Creates what has no effect on calls: the integration over the new link, a deployment without a stage. Finds what an
   * earlier attempt created, so that nothing is created twice. Null where the kind needs nothing.
   */
  readonly prepare: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<Json>;
  /**
   * Finds what `prepare` created, as `prepare` returns it, where the record of it is lost. Undefined: it does not exist.
   * Changes nothing.
   */
  readonly findPrepared: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<Json | undefined>;
  /**
   * Of a shift: why the new target does not take calls yet, as a clause; undefined where it does. A share is given only then.
   */
  readonly ready?: ((unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<string | undefined>) | undefined;
  /** Of a shift: what else writes its shares, and may overwrite them. Undefined: nothing. Changes nothing. */
  readonly writer?: ((unit: MoveUnit, ctx: CallContext) => Promise<ShareWriter | undefined>) | undefined;
  /** Of a shift: what the return needs before calls are given to the former targets again. */
  readonly wayBack?: MoveWayBack | undefined;
  /**
   * Sends `percent` of the calls over the new link. Returns when the cloud accepted the change; `where` shows its end.
   * A unit that is there already is not changed.
   * @throws {PosternError} `WORLD_MOVED` for a unit that is on neither link: it is not changed. So does `back`.
   */
  readonly shift: (unit: MoveUnit, state: MoveState, percent: number, ctx: CallContext) => Promise<void>;
  /** Where calls go now. A gateway or stage that does not exist is {@link GONE}, not an error. */
  readonly where: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<MovePosition>;
  /**
   * After a shift or its return: restores the settings of `captured` that the cloud overwrote, where it has an
   * operation for that. Returns what it could not restore, one sentence each. `at`: where the unit was seen just before. An answer that
   * does not show it there yet is older, and tells nothing of what was overwritten.
   */
  readonly settle: (
    unit: MoveUnit,
    state: MoveState,
    at: 'new' | 'old',
    ctx: CallContext,
  ) => Promise<readonly string[]>;
  /**
   * What callers would notice of the unit as it is now, compared with `captured`: APIs that are not published any more,
   * a policy that differs. One sentence each; none where all is as it was. Called after `settle`, and again as long as it names
   * something and answers may be older than that.
   */
  readonly verify: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<readonly string[]>;
  /** Sends all calls over the old link again. Returns as `shift` does. */
  readonly back: (unit: MoveUnit, state: MoveState, ctx: CallContext) => Promise<void>;
  /**
   * Deletes what is not needed any more, and returns what it deleted, one text each. `new`: what `prepare` created,
   * after a rollback. `old`: what only the old link needed and carries the project's mark, after the drain.
   */
  readonly release: (
    unit: MoveUnit,
    state: MoveState,
    which: 'new' | 'old',
    ctx: CallContext,
  ) => Promise<readonly string[]>;
}
