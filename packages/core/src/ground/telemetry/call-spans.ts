import type { CallStart, SpanNames, Trace } from '../calls/call-context.js';

/** What is used of a span of `@opentelemetry/api`. */
export interface CallSpan {
  readonly setAttribute: (key: string, value: string | number) => unknown;
  readonly setStatus: (status: { readonly code: number; readonly message?: string }) => unknown;
  readonly end: () => void;
}

/** What is used of a tracer of `@opentelemetry/api`: `trace.getTracer('postern')` is one. `C` is its `Context`. */
export interface CallTracer<C = unknown> {
  readonly startSpan: (
    name: string,
    options: { readonly kind: number; readonly attributes: Readonly<Record<string, string | number>> },
    context?: C,
  ) => CallSpan;
}

/** `SpanKind.CLIENT`, `SpanStatusCode.ERROR` of `@opentelemetry/api`. */
const CLIENT = 2;
const ERROR = 2;

/**
 * A span of kind CLIENT for each attempt of a cloud call: `ApiGatewayV2.CreateVpcLink`. Attributes are IDs, codes and counts only.
 * Of OpenTelemetry no package is needed; users bring its SDK.
 *
 * ```ts
 * import { trace } from '@opentelemetry/api';
 * const ctx = createContext({ trace: callSpans(trace.getTracer('postern')) });
 * ```
 *
 * @param parent the context of the span that calls are part of; by default the active one.
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/ (release candidate)
 */
export function callSpans<C>(tracer: CallTracer<C>, parent?: C): Trace {
  return (start) => {
    const { service, operation, provider } = start;
    const names = start.span ?? { system: `${provider}-api`, provider, service, requestId: 'postern.request_id' };
    const name = names.service;
    const options = { kind: CLIENT, attributes: attributesOf(start, names) };
    const span =
      parent === undefined
        ? tracer.startSpan(`${name}.${operation}`, options)
        : tracer.startSpan(`${name}.${operation}`, options, parent);
    return ({ requestId, status, code }) => {
      if (requestId !== undefined) span.setAttribute(names.requestId, requestId);
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (code !== undefined) {
        span.setAttribute('error.type', code);
        span.setStatus({ code: ERROR, message: code });
      }
      span.end();
    };
  };
}

function attributesOf(
  { operation, region, attempt, account }: CallStart,
  { system, provider, service }: SpanNames,
): Readonly<Record<string, string | number>> {
  return {
    'rpc.system.name': system,
    'rpc.method': `${service}/${operation}`,
    'cloud.provider': provider,
    'cloud.region': region,
    ...(account === undefined || account === '' ? {} : { 'cloud.account.id': account }),
    'postern.attempt': attempt,
  };
}

/** Several hooks as one. Undefined where none is given, so that calls cost no more. */
export function allTraces(...traces: readonly (Trace | undefined)[]): Trace | undefined {
  const given = traces.filter((one) => one !== undefined);
  if (given.length <= 1) return given[0];

  return (start) => {
    const ends = given.map((one) => one(start));
    return (end) => {
      for (const one of ends) one?.(end);
    };
  };
}
