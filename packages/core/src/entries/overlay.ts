/**
 * Plans of other tools over the live network, or over a snapshot: what they do to private integrations.
 * @packageDocumentation
 */
export { readTerraform } from '../overlay/terraform/read.js';
export type { TerraformDocument } from '../overlay/terraform/document.js';
export type { PlanPlace } from '../overlay/lay/places.js';
export { judgeTerraform, terraformPlaces, type JudgePlanOptions } from '../overlay/judge/judge-plan.js';
export type { AddressedFinding, Interruption, JudgedIntegration, PlanJudgement } from '../overlay/judge/compare.js';
export { terraformSnapshot, type TerraformSnapshot } from '../overlay/import/terraform-snapshot.js';
export type { RouteVerdict } from '../overlay/judge/routes.js';
