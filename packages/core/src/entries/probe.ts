/**
 * Calls of live routes, as probes and moves make them.
 * @packageDocumentation
 */
export { createCallGateway } from '../do/probe/call-gateway.js';
