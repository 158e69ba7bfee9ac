/**
 * Spans of OpenTelemetry for cloud calls, and metrics in the text format of Prometheus. Neither needs a package.
 * @packageDocumentation
 */
export { allTraces, callSpans } from '../ground/telemetry/call-spans.js';
export { callMetrics } from '../ground/telemetry/call-metrics.js';
export { expositionText } from '../ground/telemetry/exposition.js';
