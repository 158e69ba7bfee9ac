import { canonicalJson } from '../../../ground/hash.js';
import type { Plan, Step } from '../plan.js';

/** What cannot be taken back, or costs money: a reader of another plan has not agreed to it. */
const GRAVE: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['delete', 'replace', 'revoke']);

/** Whether a step deletes, replaces, or removes from an allowlist. */
export function takesAway({ kind }: Pick<Step, 'kind'>): boolean {
  return GRAVE.has(kind);
}

/**
 * Whether a plan deletes, replaces, removes from an allowlist or buys what an earlier one does not: then it needs an answer of
 * its own.
 */
export function takesMoreThan(plan: Pick<Plan, 'units'>, earlier: Pick<Plan, 'units'>): boolean {
  const agreed = new Set(graveSteps(earlier));
  return graveSteps(plan).some((one) => !agreed.has(one));
}

/** The effects of grave steps: what is removed, and of an allowlist which entries. */
function graveSteps({ units }: Pick<Plan, 'units'>): readonly string[] {
  return units.flatMap(({ provider, region, account, steps }) =>
    steps
      .filter((step) => takesAway(step) || step.purchase !== undefined)
      .flatMap(({ kind, resource: { type, id, name }, changes = [], purchase = null }) => {
        const effect = [provider, region, account, kind, type, id ?? name];
        const parts = kind === 'revoke' ? changes.map(({ from = null }) => from) : [purchase?.summary ?? null];
        return parts.map((part) => canonicalJson([...effect, part]));
      }),
  );
}
