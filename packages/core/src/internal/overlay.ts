/**
 * Plans of other tools over the live network, or over a snapshot: what they do to private integrations.
 */
export * from '../entries/overlay.js';
export * from '../overlay/declared/fuel.js';
export * from '../overlay/terraform/document.js';
export * from '../overlay/terraform/sources/syntax.js';
export * from '../overlay/lay/places.js';
export * from '../overlay/cloudformation/read-change-set.js';
export * from '../overlay/cloudformation/read-template.js';
export * from '../overlay/templates/declared-stacks.js';
export * from '../overlay/templates/read-stacks.js';
export * from '../overlay/pulumi/read.js';
export * from '../overlay/judge/judge-plan.js';
export * from '../overlay/judge/addressed.js';
export * from '../overlay/judge/compare.js';
export { movedCallsText } from '../overlay/judge/moved-calls.js';
export { judgementNotes } from '../overlay/judge/document.js';
export * from '../overlay/export/export-terraform.js';
export * from '../overlay/import/terraform-snapshot.js';
export * from '../overlay/judge/refused.js';
export * from '../overlay/judge/routes.js';

// What the rows of a cloud are written with. Names may change with each version.
export * from '../ground/text/hcl.js';
export * from '../overlay/cloudformation/convert.js';
export * from '../overlay/cloudformation/evaluate.js';
export * from '../overlay/cloudformation/identity.js';
export * from '../overlay/declared/open.js';
export * from '../overlay/declared/values.js';
export * from '../overlay/draft/draft-region.js';
export * from '../overlay/draft/draft-routes.js';
export * from '../overlay/draft/free-address.js';
export * from '../overlay/draft/registrations.js';
export * from '../overlay/draft/choice.js';
export * from '../overlay/draft/view.js';
export * from '../overlay/rows/setting-words.js';
export * from '../overlay/declared/zones.js';
export * from '../overlay/pulumi/types.js';
export * from '../overlay/rows/owned.js';
export * from '../overlay/rows/plans-of-cloud.js';
export * from '../overlay/rows/id-forms.js';
export * from '../overlay/acts/act.js';
export { item, part, type Held } from '../overlay/network/held.js';
export * from '../overlay/acts/changes.js';
export { ifKnown, UnresolvedValue } from '../overlay/acts/open-value.js';
export { membersOf, readData, referred, type Members } from '../spec/source/read-data.js';
export * from '../overlay/acts/input-shape.js';
export * from '../overlay/carry/simulated-twin.js';
export * from '../overlay/carry/ask-plan.js';
export * from '../overlay/judge/ask.js';
