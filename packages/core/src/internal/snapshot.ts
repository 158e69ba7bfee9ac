/**
 * Snapshots: what was read of an account and region, as plain data, and its types.
 */
export * from '../do/model/gateway.js';
export * from '../do/model/route.js';
export * from '../do/model/custom-domain.js';
export * from '../do/probe/live-routes.js';
export * from '../do/world/routes/custom-domains.js';
export * from '../do/model/link.js';
export * from '../do/model/allowlist.js';
export * from '../do/model/network.js';
export * from '../do/model/load-balancer.js';
export * from '../do/model/registrar.js';
export * from '../do/model/routing.js';
export * from '../do/snapshot/snapshot.js';
export * from '../do/snapshot/policy.js';
export * from '../do/snapshot/encode.js';
export * from '../do/snapshot-diff/diff.js';
export * from '../do/snapshot-diff/change.js';
export * from '../do/snapshot-diff/render.js';
export * from '../do/snapshot/redact.js';
export * from '../do/snapshot/arrange.js';
export * from '../do/forms/form.js';
export * from '../do/snapshot/resources/resources.js';
export * from '../do/forms/order.js';
