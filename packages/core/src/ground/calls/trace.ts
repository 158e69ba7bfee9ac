/** How OpenTelemetry names a cloud and one of its services. */
export interface SpanNames {
  /** `rpc.system.name`: `aws-api`. */
  readonly system: string;
  /** `cloud.provider`: `aws`. */
  readonly provider: string;
  /** The name of the service in its SDK, which names of spans begin with: `EC2`. */
  readonly service: string;
  /** The attribute that holds the ID of a request: `aws.request_id`. */
  readonly requestId: string;
}

/** What is known of a call before it is sent. */
export interface CallStart {
  readonly provider: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Undefined where it is not known yet. */
  readonly account?: string | undefined;
  /** Whether it reads, makes a change that is safe to repeat, or creates something. */
  readonly kind: 'read' | 'idempotent' | 'create';
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Undefined: spans are named by `provider` and `service`. */
  readonly span?: SpanNames | undefined;
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
 * `callSpans` of `@postern/core/telemetry` makes spans of OpenTelemetry of them, and `callMetrics` counts for Prometheus.
 */
export type Trace = (start: CallStart) => ((end: CallEnd) => void) | undefined;
