/**
 * Probes: calls of live routes, and what they show.
 * @packageDocumentation
 */
export * from '../entries/probe.js';
export type {
  CallGateway,
  CallGatewayOptions,
  FetchCall,
  GatewayAnswer,
  GatewayCall,
} from '../do/probe/call-gateway.js';
export { checkProbeOptions, SAFE_METHODS, type ProbeOptions } from '../do/probe/probe-options.js';
export type { ProbeResult, ProbeVerdict } from '../do/probe/probe-result.js';
export { liveRoutes, type LiveRoute } from '../do/probe/live-routes.js';
export { changingRoutes, probeRoutes, type ProbeAct, type ProbeRoute } from '../do/probe/probe-routes.js';
export { runProbe, type RunProbe } from '../do/probe/run-probe.js';
export type { AnswerBody } from '../do/probe/call-gateway.js';
export type { NoAddress } from '../do/kinds/gateway/gateway-rules.js';
