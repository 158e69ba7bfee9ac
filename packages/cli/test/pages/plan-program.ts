import { plans } from '@postern/aws/plans';
import { decodeSnapshot } from '@postern/core/snapshot';
import {
  askTerraform,
  judgementMarkdown,
  judgeTerraform,
  readTerraform,
  type PlanJudgement,
} from '@postern/core/overlay';
import { planTwins } from '@postern/simulator';

export async function judgePlan(planText: string, snapshotText: string): Promise<PlanJudgement> {
  const plan = readTerraform(planText);
  const snapshot = decodeSnapshot(snapshotText);
  const ask = await askTerraform(plan, snapshot, { plans: [plans], twin: planTwins() });
  return judgeTerraform(plan, snapshot, { plans: [plans], ask });
}

/** The text of a comment on a pull request, and whether the plan breaks an integration. */
export async function commentOn(planText: string, snapshotText: string): Promise<{ text: string; fails: boolean }> {
  const judged = await judgePlan(planText, snapshotText);
  return { text: judgementMarkdown(judged), fails: judged.integrations.some(({ after }) => after === 'fail') };
}
