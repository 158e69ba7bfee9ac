import type { CallContext } from '@postern/core';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { CallPinned, HandoverProof } from '../prove/proof.js';
import { proveHandover } from '../prove/prove-handover.js';
import type { HandoverDriver } from '../run/driver.js';
import type { WatchCalls } from '../switch/witness.js';

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
