import { context, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** What a program does that is loaded before Postern: `--import ./otel.mjs`. */
function registered(processor?: { forceFlush: () => Promise<void> }) {
  const exporter = new InMemorySpanExporter();
  const simple = new SimpleSpanProcessor(exporter);
  const provider = new BasicTracerProvider({ spanProcessors: [Object.assign(simple, processor)] });
  trace.setGlobalTracerProvider(provider);
  return exporter;
}

afterEach(() => {
  trace.disable();
  context.disable();
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('opentelemetry.js.api.1')];
});

describe('spans', () => {
  it('are one of the run, in the trace of TRACEPARENT, and one of each cloud call in it', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const exporter = registered();
    const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { status } = await run(['check', '--json'], {
      cwd,
      env: { POSTERN_SIMULATOR: server.url, TRACEPARENT: parent },
    });
    expect(status).toBe(3);
    const spans = exporter.getFinishedSpans();
    const own = spans.at(-1);
    expect(own).toMatchObject({
      name: 'postern check',
      kind: 0,
      parentSpanContext: { spanId: '00f067aa0ba902b7', isRemote: true },
      attributes: { 'process.executable.name': 'postern', 'process.exit.code': 3, 'error.type': '3' },
      status: { code: 2 },
    });
    const calls = spans.filter(({ kind }) => kind === 2);
    expect(calls.length).toBe(spans.length - 1);
    expect(calls.length).toBeGreaterThan(5);
    for (const { parentSpanContext, attributes } of calls) {
      expect(parentSpanContext?.spanId).toBe(own?.spanContext().spanId);
      expect(attributes).toMatchObject({ 'rpc.system.name': 'aws-api', 'cloud.provider': 'aws' });
    }
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([parent.slice(3, 35)]));
    expect(calls.map(({ name }) => name)).toContain('EC2.DescribeSubnets');
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('--json');
  });

  it.runIf(PROVE)('do not hold up a run whose collector does not answer', async () => {
    registered({ forceFlush: () => new Promise(() => undefined) });
    const started = performance.now();
    expect((await run(['--version'])).status).toBe(0);
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(10_000);
  });
});
