import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Trace } from '@postern/core/internal/library';
import { callSpans, type CallSpan, type CallTracer } from '@postern/core/internal/telemetry';
import { VERSION } from '../version.js';

/** What is used of `@opentelemetry/api`. */
interface OpenTelemetry {
  readonly ROOT_CONTEXT: unknown;
  readonly trace: {
    readonly getTracer: (name: string, version: string) => CallTracer;
    readonly getTracerProvider: () => Flushed & { readonly getDelegate?: () => Flushed };
    readonly setSpan: (context: unknown, span: CallSpan) => unknown;
    readonly setSpanContext: (context: unknown, span: object) => unknown;
  };
}

interface Flushed {
  readonly forceFlush?: () => Promise<unknown>;
}

export interface RunSpan {
  /** A hook for its calls of clouds. */
  readonly trace: Trace;
  /** Ends it, and waits for the exporter, at most two seconds. */
  readonly end: (exitCode: number) => Promise<void>;
}

/** A collector that is down does not hold up a command for longer, in milliseconds. */
const FLUSH_MS = 2_000;
const INTERNAL = 0;
const ERROR = 2;

/**
 * Begins the span of a run, `postern check`; in the trace of `TRACEPARENT`, where the environment has one. Undefined where
 * `@opentelemetry/api` cannot be found from the working folder or from Postern. Arguments are not recorded.
 * @see https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/ (development)
 */
export async function beginRunSpan(
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<RunSpan | undefined> {
  const api = await openTelemetry(cwd);
  if (api === undefined) return undefined;

  const tracer = api.trace.getTracer('postern', VERSION);
  const attributes = { 'process.executable.name': 'postern', 'process.pid': process.pid };
  const span = tracer.startSpan(
    `postern ${command}`,
    { kind: INTERNAL, attributes },
    parentOf(api, env['TRACEPARENT']),
  );
  return {
    trace: callSpans(tracer, api.trace.setSpan(api.ROOT_CONTEXT, span)),
    end: async (exitCode) => {
      span.setAttribute('process.exit.code', exitCode);
      if (exitCode !== 0) {
        span.setAttribute('error.type', String(exitCode));
        span.setStatus({ code: ERROR });
      }
      span.end();
      const provider = api.trace.getTracerProvider();
      await flushed(provider.getDelegate?.() ?? provider);
    },
  };
}

async function flushed(provider: Flushed): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
  await Promise.race([provider.forceFlush?.().catch(() => undefined), late]);
  clearTimeout(timer);
}

/** The context of a `TRACEPARENT`. @see https://www.w3.org/TR/trace-context/#traceparent-header */
function parentOf({ ROOT_CONTEXT, trace }: OpenTelemetry, text: string | undefined): unknown {
  const [, traceId = '', spanId = '', flags = ''] =
    /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/.exec(text ?? '') ?? [];
  if (traceId === '') return ROOT_CONTEXT;

  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
  });
}

/** The user's copy comes first: it is the one that has registered. */
async function openTelemetry(cwd: string): Promise<OpenTelemetry | undefined> {
  for (const from of [path.join(cwd, 'package.json'), import.meta.url]) {
    try {
      const file = createRequire(from).resolve('@opentelemetry/api');
      const found = (await import(pathToFileURL(file).href)) as { readonly default?: OpenTelemetry } & OpenTelemetry;
      return found.trace === undefined ? found.default : found;
    } catch {
      // Not there; the next place may have it.
    }
  }
  return undefined;
}
