/**
 * What a check is written with, beside `cidr`, `kinds` and `snapshot`: subjects, evidence, and what several checks compute from a snapshot.
 * It loads no check. Names may change with each version.
 */
export * from '../check/checks/define-check.js';
// Subjects and evidence.
export * from '../do/findings/subject.js';
export * from '../do/findings/evidence.js';
export * from '../do/findings/say.js';
export * from '../ground/text/template.js';
// Links of a spec, and what is known of them.
export * from '../do/world/link-facts.js';
export * from '../do/world/subnets-of.js';
export * from '../do/kinds/retired.js';
export * from '../check/checks/link-mending.js';
export * from '../check/checks/sale.js';
// Gateways and their routes.
export * from '../do/kinds/gateway/gateway-spec.js';
export * from '../do/model/marks.js';
export * from '../do/world/routes/route-differences.js';
export * from '../do/world/routes/route-on-stage.js';
export * from '../do/world/uses/stage-variables.js';
export * from '../do/world/uses/use-texts.js';
export * from '../do/world/uses/gateway-uses.js';
export * from '../do/world/uses/moved-backends.js';
export * from '../check/checks/gateway/declared-route.js';
export * from '../check/checks/gateway/unread.js';
// Targets, and what answers behind a load balancer.
export * from '../check/path/balancers/backend.js';
export * from '../check/path/balancers/balancers.js';
export * from '../check/path/balancers/private-link.js';
export { noMembers, settling } from '../check/path/balancers/registrars.js';
export * from '../check/path/reasons/target-health.js';
export * from '../do/model/discovered.js';
// Blocks, routes and interfaces.
export * from '../cidr/read-address.js';
export * from '../check/path/machine.js';
export * from '../do/kinds/id-kinds.js';
export * from '../do/kinds/cloud/gateway-kinds.js';
export * from '../check/checks/cidr/accessible.js';
export * from '../check/checks/cidr/free-block.js';
export * from '../check/checks/cidr/egress-routes.js';
export * from '../check/path/create-world.js';
export * from '../check/path/model/group-set.js';
export * from '../check/path/model/span.js';
export * from '../check/path/model/world.js';
export * from '../check/path/routes/route-table.js';
export * from '../check/path/sources/far-interface.js';
export * from '../check/path/sources/interface-end.js';
export * from '../check/path/sources/link-source.js';
// Moves.
export * from '../moves/validate/migration.js';
// Texts.
export * from '../ground/text/quantities.js';
