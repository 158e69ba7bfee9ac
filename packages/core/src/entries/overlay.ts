/**
 * Plans of other tools over the live network, or over a snapshot: what they do to private integrations.
 * @packageDocumentation
 */
export { readTerraform } from '../overlay/terraform/read.js';
export type { TerraformDocument } from '../overlay/terraform/document.js';
export type { PlanPlace } from '../overlay/lay/places.js';
export { readChangeSet, type ChangeSet } from '../overlay/cloudformation/read-change-set.js';
export { readTemplate, type Template } from '../overlay/cloudformation/read-template.js';
export { readPulumi, type PulumiPreview } from '../overlay/pulumi/read.js';
export {
  changeSetPlaces,
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  pulumiPlaces,
  terraformPlaces,
  type JudgePlanOptions,
  type PlanPlacesOptions,
} from '../overlay/judge/judge-plan.js';
export type { AddressedFinding } from '../overlay/judge/addressed.js';
export type { Interruption, JudgedIntegration, PlanJudgement } from '../overlay/judge/compare.js';
export { exportTerraform, type ExportedResource, type TerraformExport } from '../overlay/export/export-terraform.js';
export { plans as alibabaPlans } from '../overlay/clouds/alibaba.js';
export { plans as awsPlans } from '../overlay/clouds/aws.js';
export type { PlansOfCloud, PlansOption } from '../overlay/rows/plans-of-cloud.js';
export { terraformSnapshot, type TerraformSnapshot } from '../overlay/import/terraform-snapshot.js';
export { VERDICT_RULE } from '../overlay/judge/verdict-finding.js';
export type { RouteVerdict } from '../overlay/judge/routes.js';
