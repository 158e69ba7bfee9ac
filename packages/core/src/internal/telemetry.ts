/** Spans of OpenTelemetry for cloud calls, and metrics in the text format of Prometheus. Neither needs a package. */
export * from '../entries/telemetry.js';
export type * from '../ground/telemetry/call-spans.js';
export type * from '../ground/telemetry/call-metrics.js';
export { EXPOSITION_TYPE } from '../ground/telemetry/exposition.js';
