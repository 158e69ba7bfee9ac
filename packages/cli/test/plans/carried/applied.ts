import type { Snapshot } from '@postern/core/internal/library';
import { readTerraform, type TerraformDocument } from '@postern/core/internal/overlay';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { readSources } from '../../../src/terraform/read-sources.js';
import { FORMS } from '../forms/forms.js';
import { documentOf, readRecords } from '../forms/records.js';
import { recordedPlans } from '../recorded/recorded.js';
import { HUNTED, sourcesOf as huntedSources } from '../told/hunted.js';
import { baseOf, FORMS as MODULES, planOf, sourcesOf as moduleSources } from '../told/modules.js';

/** A plan of the real tool that was applied on the simulated cloud. */
export interface AppliedPlan {
  readonly name: string;
  readonly document: () => TerraformDocument | Promise<TerraformDocument>;
  readonly base: Snapshot;
  /** What a call was answered after the apply, or that it was refused. */
  readonly outcome: string;
  /** The route that was called, where it is not the only one. */
  readonly route?: string | undefined;
}

/** All plans that are recorded with what became of their apply. */
export function appliedPlans(): readonly AppliedPlan[] {
  const records = readRecords();
  return [
    ...recordedPlans().map(({ name, text, base, outcome, route }) => ({
      name: `recorded, ${name}`,
      document: () => readTerraform(text),
      base,
      outcome,
      route,
    })),
    ...FORMS.flatMap(({ name, reads, route }) => {
      const form = records.forms[name];
      if (form === undefined || reads === 'state') return [];

      const base = form.over === undefined ? EMPTY : (records.snapshots[form.over] as Snapshot);
      const document = () => readTerraform(documentOf(records, form, reads));
      return [{ name: `form ${name}`, document, base, outcome: form.outcome, route }];
    }),
    ...HUNTED.map(([name, form, of]) => ({
      name: `hunted ${name}`,
      document: async () => readTerraform(documentOf(of, form, 'plan'), 'plan.json', await huntedSources(form)),
      base: EMPTY,
      outcome: form.answers,
    })),
    ...MODULES.flatMap(([name, form]) =>
      form.answers === undefined
        ? []
        : [
            {
              name: `module ${name}`,
              document: () => {
                const { sources } = readSources({ modules: new Map(moduleSources(form)) });
                return readTerraform(planOf(form), 'plan.json', sources);
              },
              base: baseOf(form),
              outcome: form.answers,
            },
          ],
    ),
  ];
}
