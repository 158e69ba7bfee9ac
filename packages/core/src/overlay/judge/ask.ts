import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { carriedPlan, type CarriedPlan, type CarryPlanOptions } from './carried-plan.js';
import { changeSetPlan } from '../cloudformation/plan.js';
import type { ChangeSet } from '../cloudformation/read-change-set.js';
import type { DeclaredStack } from '../templates/declared-stacks.js';
import type { Template } from '../cloudformation/read-template.js';
import { templatePlans } from '../templates/template-plan.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { unmasked } from '../lay/masks.js';
import { pulumiPlan } from '../pulumi/plan.js';
import type { PulumiPreview } from '../pulumi/read.js';
import { planSet, type PlanSet } from '../rows/plan-set.js';
import type { PlansOption } from '../rows/plans-of-cloud.js';
import type { TerraformDocument } from '../terraform/document.js';
import { terraformPlan } from '../terraform/plan.js';

/** Options of {@link askTerraform} and its neighbors. */
export interface AskPlanOptions extends CarryPlanOptions, PlansOption {}

/**
 * Carries a plan of Terraform out on simulated twins of a snapshot, in simulated time: what the services refuse of it, and the network after
 * it, which is read as a live one is.
 * `judgeTerraform` takes the result as `ask`.
 *
 * ```ts
 * const ask = await askTerraform(document, snapshot, { plans: [plans], twin: planTwins() });
 * const { integrations } = judgeTerraform(document, snapshot, { plans: [plans], ask });
 * ```
 */
export function askTerraform(
  document: TerraformDocument,
  base: Snapshot,
  options: AskPlanOptions,
): Promise<CarriedPlan> {
  return askUnmasked(document, base, options, () => () => terraformPlan(document));
}

/** As {@link askTerraform}, of a change set of CloudFormation and its template. */
export function askChangeSet(
  changeSet: ChangeSet,
  template: Template | undefined,
  base: Snapshot,
  options: AskPlanOptions,
): Promise<CarriedPlan> {
  return askUnmasked(
    { changeSet, template },
    base,
    options,
    (over, set) => () => changeSetPlan(changeSet, template, over, set.cloudFormation),
  );
}

/** As {@link askTerraform}, of templates of CloudFormation. What is not known to be new is not carried out. */
export function askTemplates(
  stacks: readonly DeclaredStack[],
  base: Snapshot,
  options: AskPlanOptions,
): Promise<CarriedPlan> {
  return askUnmasked(stacks, base, options, (over, set) => templatePlans(stacks, over, options, set));
}

/** As {@link askTerraform}, of a preview of Pulumi. */
export function askPulumi(preview: PulumiPreview, base: Snapshot, options: AskPlanOptions): Promise<CarriedPlan> {
  return askUnmasked(preview, base, options, (_, set) => () => pulumiPlan(preview, set.pulumi));
}

function askUnmasked(
  document: unknown,
  given: Snapshot,
  options: AskPlanOptions,
  plansOver: (base: Snapshot, set: PlanSet) => () => ToolPlan,
): Promise<CarriedPlan> {
  const set = planSet(options);
  const over = unmasked(document, given, options.account);
  const base = over.base ?? given;
  return carriedPlan(plansOver(base, set), base, set, options);
}
