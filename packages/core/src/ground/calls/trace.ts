/** What is known of a call before it is sent. */
export interface CallStart {
  readonly provider: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Whether it reads, makes a change that is safe to repeat, or creates something. */
  readonly kind: 'read' | 'idempotent' | 'create';
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** What is known of a call when it has ended. */
export interface CallEnd {
  readonly durationMs: number;
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  /** The code of the error, where it failed. */
  readonly code?: string | undefined;
}

/**
 * Called at the start of each attempt of a cloud call; the function that it returns is called at its end. What a hook throws
 * is logged and otherwise ignored.
 *
 * With OpenTelemetry (`tracer` is `trace.getTracer('postern')` of `@opentelemetry/api`), after
 * https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/:
 *
 * ```ts
 * const context = createContext({
 *   trace: ({ provider, service, operation, region, attempt }) => {
 *     const attributes = { 'rpc.system': provider, 'rpc.service': service, 'rpc.method': operation, 'cloud.region': region, attempt };
 *     const span = tracer.startSpan(`${service}/${operation}`, { kind: 2, attributes }); // 2 is SpanKind.CLIENT
 *     return ({ requestId, status, code }) => {
 *       if (requestId) span.setAttribute('aws.request_id', requestId);
 *       if (status) span.setAttribute('http.response.status_code', status);
 *       if (code) span.setStatus({ code: 2, message: code }); // 2 is SpanStatusCode.ERROR
 *       span.end();
 *     };
 *   },
 * });
 * ```
 */
export type Trace = (start: CallStart) => ((end: CallEnd) => void) | undefined;
