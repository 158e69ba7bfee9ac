/** Probes: calls of live routes, and what they show. */
export * from '../entries/probe.js';
export * from '../do/probe/call-gateway.js';
export * from '../do/probe/probe-options.js';
export * from '../do/probe/probe-result.js';
export * from '../do/probe/live-routes.js';
export * from '../do/probe/probe-routes.js';
export * from '../do/probe/run-probe.js';
export * from '../do/kinds/gateway/gateway-rules.js';
