import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import {
  askChangeSet,
  askTerraform,
  judgeChangeSet,
  judgeTerraform,
  readTerraform,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { EMPTY, planText, type Modules, type Resource } from './shop-plan.js';

const OPTIONS = { plans: [plans], region: 'eu-west-1' } as const;
const twin = planTwins();

interface Over {
  readonly base?: Snapshot;
  readonly modules?: Modules;
  /** More members of the document. */
  readonly more?: object;
}

/** The verdicts of a plan of Terraform that was carried out on twins, over an empty region unless `base` says otherwise. */
export async function judged(
  resources: readonly Resource[],
  { base = EMPTY, modules, more }: Over = {},
): Promise<PlanJudgement> {
  const document = readTerraform(planText(resources, modules, more));
  const ask = await askTerraform(document, base, { ...OPTIONS, twin });
  return judgeTerraform(document, base, { ...OPTIONS, ask });
}

/** As {@link judged}, of a change set of CloudFormation. */
export async function judgedChangeSet(
  changeSet: Parameters<typeof askChangeSet>[0],
  template: Parameters<typeof askChangeSet>[1],
  base: Snapshot,
): Promise<PlanJudgement> {
  const ask = await askChangeSet(changeSet, template, base, { ...OPTIONS, twin });
  return judgeChangeSet(changeSet, template, base, { ...OPTIONS, ask });
}
