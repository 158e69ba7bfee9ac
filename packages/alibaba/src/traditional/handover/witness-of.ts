import type { HandoverPlan } from './plan/fingerprint.js';
import type { HandoverProof, CallPinned } from './prove/proof.js';
import type { HandoverDriver } from './run/driver.js';
import type { HandoverFigures, WatchCalls } from './switch/witness.js';
import type { CallContext } from '@postern/core/internal/library';
import { proveHandover } from './prove/prove-handover.js';

/** What calls of one's own are made with. */
export interface CallsOptions {
  readonly context: CallContext;
  readonly call: CallPinned;
  /** Milliseconds since the epoch, by which calls are signed. Default: the context's clock. */
  readonly now?: (() => number) | undefined;
}

/** How many failures are named. */
const NAMED = 3;

/**
 * A witness of one's own calls: those of the proof are repeated, and the part of the routes that fails is the error share of the
 * target. Routes that were not called in the proof are not called here. What callers themselves are answered is not seen.
 */
export function watchByCalls(
  plan: HandoverPlan,
  driver: HandoverDriver,
  proof: HandoverProof,
  { context, call, now: signedAt }: CallsOptions,
): WatchCalls {
  const proven = proof.stages.flatMap(({ routes }) => routes);
  const accept = proven.filter(({ verdict }) => verdict === 'accepted').map(({ route }) => route);
  const samples = Object.fromEntries(
    proven.flatMap(({ route, called }) => {
      const path = called?.slice(called.indexOf('/'));
      return path === undefined ? [] : [[route, path]];
    }),
  );
  return async ({ stage }, signal) => {
    const stages = plan.stages.filter((one) => one.stage === stage);
    const names = new Set(stages.flatMap(({ routes }) => routes.map(({ name }) => name)));
    const own = Object.fromEntries(Object.entries(samples).filter(([name]) => names.has(name)));
    const now = await proveHandover({ ...plan, stages }, driver, {
      context: { ...context, signal },
      call,
      accept: accept.filter((name) => names.has(name)),
      samples: own,
      now: signedAt,
    });
    const called = now.stages.flatMap(({ routes }) => routes.filter((one) => one.called !== undefined));
    const failing = called.filter(({ verdict }) => verdict === 'failed');
    // The classic group answered each of these calls in the proof.
    return {
      classic: { errorShare: 0 },
      target:
        called.length === 0
          ? {}
          : {
              errorShare: failing.length / called.length,
              failing: failing.slice(0, NAMED).map(({ key, message }) => `${key}: ${message}`),
            },
    };
  };
}

/** A witness of a switch. */
export type WitnessKind = 'all' | 'calls' | 'none';

/**
 * The witness that a user chose. `all`: calls of one's own say whether calls fail, and the figures of the cloud how many come to the
 * classic group, where they can be read. `none`: undefined.
 */
export function witnessOf(
  kind: WitnessKind,
  plan: HandoverPlan,
  driver: HandoverDriver & { readonly figures: HandoverFigures },
  proof: HandoverProof,
  options: CallsOptions,
): WatchCalls | undefined {
  if (kind === 'none') return undefined;

  const byCalls = watchByCalls(plan, driver, proof, options);
  if (kind === 'calls') return byCalls;

  const byCloud = watchByCloud(plan, driver, { context: options.context });
  return async (at, signal) => {
    const [own, counted] = await Promise.all([
      byCalls(at, signal),
      // What cannot be read is only shown: the verdict is about errors.
      byCloud(at, signal).catch(() => undefined),
    ]);
    return { classic: { ...counted?.classic, ...own.classic }, target: { ...counted?.target, ...own.target } };
  };
}

/**
 * A witness by the cloud's own figures: how many calls come to the classic group, and what callers do at the target. What the target
 * answers is not counted by an operation of the cloud, so that its errors need another witness. Figures of the target that cannot be
 * read are not known, and fail nothing.
 * @param exact counts the calls of each API of the plan, with one call of the cloud for each, and leaves the target out; else of the
 * group, rounded
 */
export function watchByCloud(
  plan: Pick<HandoverPlan, 'group' | 'stages'>,
  { figures }: { readonly figures: HandoverFigures },
  { context, exact = false }: { readonly context: CallContext; readonly exact?: boolean | undefined },
): WatchCalls {
  return async ({ stage, gatewayId, overMs }, signal) => {
    const toMs = context.clock.now();
    const planned = plan.stages.find((one) => one.stage === stage);
    const apiIds = exact ? (planned?.routes ?? []).map(({ apiId }) => apiId) : undefined;
    const of = { groupId: plan.group.id, stage, apiIds };
    const ctx = { ...context, signal };
    const [classic, target] = await Promise.all([
      figures.classic(of, { fromMs: toMs - overMs, toMs }, ctx),
      exact ? {} : figures.target(gatewayId, toMs, ctx).catch(() => ({})),
    ]);
    signal?.throwIfAborted();
    return { classic, target };
  };
}
