import type { Check, RankedCheck, Rule } from '../../do/findings/check.js';
import { broughtChecks, type Clouds } from '../../do/kinds/cloud/clouds.js';
import { cidrChecks } from './cidr/index.js';
import { egressChecks } from './egress/index.js';
import { gatewayChecks } from './gateway/index.js';
import { IGNORE_RULE } from './ignores.js';
import { linkChecks } from './link/index.js';
import { pathChecks } from './path/index.js';
import { targetChecks } from './target/index.js';

/** The checks of all clouds. */
const SHARED: readonly RankedCheck[] = [
  ...linkChecks,
  ...gatewayChecks,
  ...targetChecks,
  ...cidrChecks,
  ...pathChecks,
  ...egressChecks,
];

/** Every check of a set of clouds, in the order in which the documentation lists them. IDs never change their meaning. */
export function checksOf(clouds: Clouds): readonly Check[] {
  return clouds.derived(listChecks);
}

function listChecks(set: Clouds): readonly Check[] {
  // What a cloud brings was made by `ranked`.
  const brought = set.all.flatMap((cloud) => (broughtChecks(cloud).checks ?? []) as readonly RankedCheck[]);
  return withRemarks(set, [...SHARED, ...brought]).toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

/** The rules of a report's findings: every check of a set of clouds, and the report's own rule for a spec's `ignore`. */
export function rulesOf(clouds: Clouds): readonly Rule[] {
  return clouds.derived(listRules);
}

function listRules(set: Clouds): readonly Rule[] {
  return [...checksOf(set), IGNORE_RULE];
}

/** The checks with what the clouds of a set say of them. */
export function withRemarks<C extends Rule>(clouds: Clouds, checks: readonly C[]): readonly C[] {
  const remarks = clouds.all.map((cloud) => broughtChecks(cloud).remarks);
  return checks.map((check) => {
    const on = remarks.flatMap((of) => of?.[check.id] ?? []);
    if (on.length === 0) return check;

    const { about, sources = [], unsettled = [] } = check;
    return {
      ...check,
      about: [about, ...on.flatMap((remark) => remark.about ?? [])].join('\n\n'),
      sources: [...sources, ...on.flatMap((remark) => remark.sources ?? [])],
      unsettled: [...unsettled, ...on.flatMap((remark) => remark.unsettled ?? [])],
    };
  });
}
