/**
 * Plans of other tools over the live network, or over a snapshot: what they do to private integrations.
 * @packageDocumentation
 */
export { readTerraform } from '../overlay/terraform/read.js';
export { readChangeSet } from '../overlay/cloudformation/read-change-set.js';
export { readTemplate } from '../overlay/cloudformation/read-template.js';
export { readPulumi } from '../overlay/pulumi/read.js';
export { terraformSnapshot } from '../overlay/import/terraform-snapshot.js';
export { askChangeSet, askPulumi, askTerraform } from '../overlay/judge/ask.js';
export { judgeChangeSet, judgePulumi, judgeTerraform } from '../overlay/judge/judge-plan.js';
export { judgementMarkdown, judgementText } from '../overlay/judge/document.js';
export type { PlanJudgement } from '../overlay/judge/compare.js';
