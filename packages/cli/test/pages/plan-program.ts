import { plans } from '@postern/aws/plans';
import { decodeSnapshot } from '@postern/core/decode';
import { askTerraform, judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { planTwins } from '@postern/simulator';

export async function judgePlan(planText: string, snapshotText: string): Promise<PlanJudgement> {
  const plan = readTerraform(planText);
  const snapshot = decodeSnapshot(snapshotText);
  const ask = await askTerraform(plan, snapshot, { plans: [plans], twin: planTwins() });
  return judgeTerraform(plan, snapshot, { plans: [plans], ask });
}
