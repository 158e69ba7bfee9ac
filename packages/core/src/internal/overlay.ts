/**
 * Plans of other tools over the live network, or over a snapshot: what they do to private integrations.
 * @packageDocumentation
 */
export * from '../entries/overlay.js';
export { Fuel, isTooLarge, type FuelWords } from '../overlay/declared/fuel.js';
export type { TerraformDocument } from '../overlay/terraform/document.js';
export type { DynamicBlock, SourceBody, SourceModule, Sources, Syntax } from '../overlay/terraform/sources/syntax.js';
export type { PlanPlace } from '../overlay/lay/places.js';
export { readChangeSet, type ChangeSet } from '../overlay/cloudformation/read-change-set.js';
export { readTemplate, type Template } from '../overlay/cloudformation/read-template.js';
export { readPulumi, type PulumiPreview } from '../overlay/pulumi/read.js';
export {
  changeSetPlaces,
  judgeChangeSet,
  judgePulumi,
  pulumiPlaces,
  terraformPlaces,
  type JudgePlanOptions,
  type PlanPlacesOptions,
} from '../overlay/judge/judge-plan.js';
export type { AddressedFinding } from '../overlay/judge/addressed.js';
export type { Interruption, JudgedIntegration } from '../overlay/judge/compare.js';
export { exportTerraform, type ExportedResource, type TerraformExport } from '../overlay/export/export-terraform.js';
export type { TerraformSnapshot } from '../overlay/import/terraform-snapshot.js';
export { VERDICT_RULE } from '../overlay/judge/compare.js';
export { REFUSED_RULE } from '../overlay/judge/refused.js';
export type { RouteVerdict } from '../overlay/judge/routes.js';

// What the rows of a cloud are written with. Names may change with each version.
export { HclBlocks, type HclBody, HclExpression } from '../ground/text/hcl.js';
export { converted, keyed, type Rules } from '../overlay/cloudformation/convert.js';
export { joined } from '../overlay/cloudformation/evaluate.js';
export type { ResourceType, ResourceTypes } from '../overlay/cloudformation/identity.js';
export { isMembers, Open, type OpenMembers, type OpenValue } from '../overlay/declared/open.js';
export type { AttributeUse } from '../overlay/declared/open.js';
export { type Attributes, isMarked, marksAt, valueAt } from '../overlay/declared/values.js';
export type { DraftRegion, PlaceMembers } from '../overlay/draft/draft-region.js';
export type { DraftRoutes, Lead, StageValues } from '../overlay/draft/draft-routes.js';
export { freeAddress } from '../overlay/draft/free-address.js';
export type { Blueprint, MemberList, Placement, PortMapping, Registration } from '../overlay/draft/registrations.js';
export { UnknownAttribute } from '../overlay/draft/choice.js';
export type { View } from '../overlay/draft/view.js';
export type { AttributeText, SettingWords } from '../overlay/rows/setting-words.js';
export { isZoneByOrder } from '../overlay/declared/zones.js';
export type { PulumiTypes } from '../overlay/pulumi/types.js';
export type { ExportContext, ExportRow, Inexpressible } from '../overlay/rows/owned.js';
export type { OwnedGroup, OwnedLink, OwnedRoute, OwnedSetting, OwnedTarget } from '../overlay/rows/owned.js';
export type {
  ApiOfPart,
  Facts,
  ImportTypes,
  PlansOfCloud,
  PlansOption,
  RouteFact,
} from '../overlay/rows/plans-of-cloud.js';
export { idForm, newId } from '../overlay/rows/id-forms.js';
export type { Place, Row, Rows } from '../overlay/rows/plans-of-cloud.js';
export {
  amount,
  blocks,
  ifResolved,
  isSet,
  linked,
  removes,
  resource,
  several,
  single,
  word,
  type Act,
  type ActsOfCloud,
  type ActValues,
  type Answer,
  type Caller,
  type Changes,
  type Input,
  type Outputs,
} from '../overlay/acts/act.js';
export { blockChange, isChanged, isSame, listChange, sendsChanges, updatedValues } from '../overlay/acts/changes.js';
export { ifKnown, UnresolvedValue } from '../overlay/acts/open-value.js';
export { membersOf, readData, referred, type Members } from '../spec/source/read-data.js';
export type { InputShape } from '../overlay/acts/input-shape.js';
export type { ServiceRefusal, SimulatedTwin, TwinAnswer, TwinCall } from '../overlay/carry/simulated-twin.js';
export type { AskedPlan, AskedRefusal, AskOptions, UnorderedChange } from '../overlay/carry/ask-plan.js';
export { askChangeSet, askPulumi, type AskPlanOptions } from '../overlay/judge/ask.js';
