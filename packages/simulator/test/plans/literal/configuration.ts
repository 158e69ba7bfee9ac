import type { Snapshot } from '@postern/core/internal/library';
import { judgeTerraform, readTerraform, type PlanJudgement, type PlansOfCloud } from '@postern/core/internal/overlay';
import { planText } from '../../../../aws/test/plans/shop-plan.js';
import type { Random } from '../../agreement/random.js';
import { withoutNull, type Apply, type Area, type Values } from './area.js';

/** Literal configurations of one cloud: their values, their plans, and what the simulated cloud says of them. */
export interface Configuration {
  readonly valid: () => Values;
  /** A valid configuration with none to three values changed. */
  readonly random: (random: Random) => Values;
  /** What is there before a plan. */
  readonly base: Snapshot;
  readonly plans: PlansOfCloud;
  /** The plan of Terraform as JSON. */
  readonly plan: (values: Values) => string;
  readonly judged: (values: Values) => PlanJudgement;
  /** Why the simulated cloud refuses a configuration; undefined: it accepts all. */
  readonly refusal: (values: Values) => Promise<string | undefined>;
}

interface Given {
  readonly areas: readonly Area[];
  readonly plans: PlansOfCloud;
  readonly region: string;
  readonly base: Snapshot;
  /** A new account. */
  readonly open: () => Pick<Apply, 'call' | 'wait'>;
}

export function configuration({ areas, plans, region, base, open }: Given): Configuration {
  const changes = areas.flatMap((one) => one.changes);
  const valid = (): Values => Object.assign({}, ...areas.map((one) => one.valid())) as Values;
  const plan = (values: Values): string => planText(areas.flatMap((one) => one.resources(values)));
  return {
    valid,
    base,
    plans,
    plan,
    random: (random) => {
      const values = valid();
      for (let count = random.below(4); count > 0; count -= 1) random.pick(changes)(values, random);
      return values;
    },
    judged: (values) => judgeTerraform(readTerraform(plan(values)), base, { plans: [plans], region }),
    refusal: async (values) => {
      const { call, wait } = open();
      const create: Apply['create'] = (service, operation, input) => call(service, operation, withoutNull(input));
      const ids = {};
      try {
        for (const one of areas) await one.apply(values, { create, call, wait, ids });
        return undefined;
      } catch (error) {
        const { code, message } = error as { readonly code?: string; readonly message: string };
        if (code === undefined) throw error;
        return `${code}: ${message}`;
      }
    },
  };
}
