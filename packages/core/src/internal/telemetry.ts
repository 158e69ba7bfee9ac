/**
 * Spans of OpenTelemetry for cloud calls, and metrics in the text format of Prometheus. Neither needs a package.
 * @packageDocumentation
 */
export { allTraces, callSpans, type CallSpan, type CallTracer } from '../ground/telemetry/call-spans.js';
export { callMetrics, type CallMetrics } from '../ground/telemetry/call-metrics.js';
export {
  EXPOSITION_TYPE,
  expositionText,
  type MetricFamily,
  type MetricSample,
} from '../ground/telemetry/exposition.js';
export type { CallEnd, CallStart, SpanNames, Trace } from '../ground/calls/call-context.js';
