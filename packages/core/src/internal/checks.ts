/**
 * What a check is written with, beside `cidr`, `kinds` and `snapshot`: subjects, evidence, and what several checks compute from a snapshot.
 * It loads no check. Names may change with each version.
 * @packageDocumentation
 */
export { defineCheck, ranked } from '../check/checks/define-check.js';
// Subjects and evidence.
export { aboutLink, aboutTarget } from '../do/findings/subject.js';
export { aboutThings, part, thing, withPart, type About } from '../do/findings/subject.js';
export { balancerEvidence, linkEvidence, listenerEvidence, subnetEvidence } from '../do/findings/evidence.js';
export { missingEvidence } from '../do/findings/say.js';
export { COUNTED, fail, pass, undecided, unknown } from '../do/findings/say.js';
export { fill, type Filling, type Template, type TextOf } from '../ground/text/template.js';
// Links of a spec, and what is known of them.
export {
  isNew,
  kindOf,
  kindTraitsOf,
  linkText,
  mayBeNew,
  standsInSubnets,
  unreadOf,
  unseen,
} from '../do/world/link-facts.js';
export { allowlistOf } from '../do/world/link-facts.js';
export { declaredTags } from '../do/world/link-facts.js';
export { subnetsOf, subnetsOfNetwork } from '../do/world/subnets-of.js';
export { retirementOf } from '../do/kinds/retired.js';
export { linkMending } from '../check/checks/link-mending.js';
export { soldOut } from '../check/checks/sale.js';
export { insteadOfNew, sentence, type SoldOut } from '../check/checks/sale.js';
// Gateways and their routes.
export { deployedStage, gatewayId, stagesNamed } from '../do/kinds/gateway/gateway-spec.js';
export { isSameLink, othersText, publishedByOthers } from '../do/kinds/retired.js';
export { INTEGRATION_TAG, mayChange, OWNER_TAG, PROJECT_TAG, SPEC_TAG } from '../do/model/marks.js';
export { routeDifferences } from '../do/world/routes/route-differences.js';
export { routesByKey } from '../do/world/routes/route-on-stage.js';
export { isVariable } from '../do/world/uses/stage-variables.js';
export { namesOf, useEvidence, usesText, useText } from '../do/world/uses/use-texts.js';
export type { MovedBackend } from '../do/world/uses/gateway-uses.js';
export { sortUses } from '../do/world/uses/moved-backends.js';
export { useOn } from '../check/checks/gateway/declared-route.js';
export { unreadGateway } from '../check/checks/gateway/unread.js';
export { wantedOf } from '../check/checks/gateway/declared-route.js';
// Targets, and what answers behind a load balancer.
export {
  addressesOf,
  backendOf,
  groupsBehind,
  isPublicOnly,
  settingsMissing,
  type Backend,
} from '../check/path/balancers/backend.js';
export type { BalancedTarget } from '../check/path/balancers/balancers.js';
export { backends, balancedTargets, classicTargets, type BackedTarget } from '../check/path/balancers/balancers.js';
export { opennessOf } from '../check/path/balancers/private-link.js';
export { noMembers, settling } from '../check/path/balancers/registrars.js';
export type { NoMembers } from '../check/path/reasons/target-health.js';
export { askedFor } from '../do/model/discovered.js';
// Blocks, routes and interfaces.
export { readAddress } from '../cidr/read-address.js';
export { isMachineId, listsMachines } from '../check/path/machine.js';
export { isAddress, isPrivate } from '../do/kinds/id-kinds.js';
export { gatewayTraits } from '../do/kinds/cloud/gateway-kinds.js';
export { accessibleOf, addText, blockEvidence, blockOwner, type Accessible } from '../check/checks/cidr/accessible.js';
export { freeInNetwork, freePrivate } from '../check/checks/cidr/free-block.js';
export { otherSides, tablesOf } from '../check/checks/cidr/egress-routes.js';
export { createWorld } from '../check/path/create-world.js';
export { blockSet, readBlock, readBlocks } from '../check/path/model/group-set.js';
export { readSpan } from '../check/path/model/span.js';
export type { World } from '../check/path/model/world.js';
export { compileTable, routesFor } from '../check/path/routes/route-table.js';
export { farInterface } from '../check/path/sources/far-interface.js';
export { interfaceAt } from '../check/path/sources/interface-end.js';
export { egressByLink, sourceOf } from '../check/path/sources/link-source.js';
// Moves.
export { aboutGateway } from '../moves/validate/migration.js';
export { migrationCheck } from '../moves/validate/migration.js';
export type { MigrationCheck, MigrationInput } from '../moves/validate/migration.js';
// Texts.
export { counted } from '../ground/text/quantities.js';
export { DAY_MS } from '../ground/text/quantities.js';
