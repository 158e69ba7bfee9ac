import type { MovePlan } from './move-plan.js';

/** The check whose evidence names the edit for each tool that may declare what moves. */
const OWNER_CHECK = 'migrate/owner';

/** The edits for Terraform, Pulumi, ROS, CloudFormation and specs: without them, their next run undoes the move. */
export function editsOf({ findings }: Pick<MovePlan, 'findings'>): readonly string[] {
  const texts = findings
    .filter(({ check, verdict }) => check === OWNER_CHECK && verdict === 'fail')
    .flatMap(({ evidence }) => evidence.map(({ kind, id, text }) => `${kind} ${id}: ${text}`));
  return [...new Set(texts)];
}
