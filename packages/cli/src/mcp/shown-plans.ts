import { createHash, randomBytes } from 'node:crypto';
import type { Plan } from '@postern/core';
import { jsonText } from '@postern/core/report';
import { isSameSecret } from '../process/same-secret.js';

/** How long a plan can be applied after it was shown. */
export const PLAN_TTL_SECONDS = 600;

/** Plans that are kept: the oldest goes first. */
const MOST_PLANS = 20;

/** A plan that was shown. */
export interface ShownPlan {
  /** `3f9a…-81c0…`: the beginning of the digest, and random digits. Cannot be guessed. */
  readonly id: string;
  /** SHA-256 of the plan, in hexadecimal digits. */
  readonly digest: string;
  readonly plan: Plan;
  /** On the clock of the server. */
  readonly expiresAt: number;
}

/** The plans of one server. */
export interface ShownPlans {
  readonly add: (plan: Plan) => ShownPlan;
  /** The plan with this ID and digest; undefined where it was never shown, has expired or was taken. */
  readonly find: (id: string, digest: string) => ShownPlan | undefined;
  /** The same, which is gone afterwards: a plan is applied once. */
  readonly take: (id: string, digest: string) => ShownPlan | undefined;
}

/** @param now milliseconds of a clock that never goes back */
export function shownPlans(now: () => number): ShownPlans {
  const plans = new Map<string, ShownPlan>();
  const find: ShownPlans['find'] = (id, digest) => {
    for (const one of plans.values()) if (one.expiresAt <= now()) plans.delete(one.id);
    const found = plans.get(id);
    return found !== undefined && isSameSecret(found.digest, digest) && isSameSecret(digestOf(found.plan), digest)
      ? found
      : undefined;
  };
  return {
    add: (plan) => {
      const digest = digestOf(plan);
      const id = `${digest.slice(0, 16)}-${randomBytes(16).toString('hex')}`;
      const shown: ShownPlan = { id, digest, plan, expiresAt: now() + PLAN_TTL_SECONDS * 1_000 };
      const [oldest] = plans.keys();
      if (plans.size >= MOST_PLANS && oldest !== undefined) plans.delete(oldest);
      plans.set(id, shown);
      return shown;
    },
    find,
    take: (id, digest) => {
      const found = find(id, digest);
      if (found !== undefined) plans.delete(id);
      return found;
    },
  };
}

function digestOf(plan: Plan): string {
  return createHash('sha256').update(jsonText(plan)).digest('hex');
}
