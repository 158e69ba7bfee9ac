import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, type CallDescription } from '../../../src/ground/calls/call.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import { CloudError } from '../../../src/ground/errors.js';
import { drive } from '../../drive.js';

/** The part of OpenTelemetry's API that the example in calls/trace.ts uses, recording its calls. */
class FakeTracer {
  readonly spans: Record<string, unknown>[] = [];
  startSpan(name: string, options: { kind: number; attributes: Record<string, string | number> }) {
    const span: Record<string, unknown> = { name, kind: options.kind, ...options.attributes };
    return {
      setAttribute: (key: string, value: string | number) => void (span[key] = value),
      setStatus: (status: { code: number; message?: string }) => void (span['status'] = status),
      end: () => void this.spans.push(span),
    };
  }
}

describe('trace', () => {
  it('is documented with the lines that are tested here', () => {
    const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8');
    const bare = (text: string): string => text.replaceAll(/[\s*,]/g, '');
    const documented = /```ts([^`]*(?:`[^`]+`[^`]*)*?)```/.exec(read('../../../src/ground/calls/trace.ts'))?.[1] ?? '';
    const lines = documented.split('\n').map(bare).filter(Boolean);
    expect(lines.length).toBeGreaterThanOrEqual(10);
    expect(lines.length).toBeLessThanOrEqual(16);
    expect(bare(read('trace.test.ts'))).toContain(lines.slice(1, -1).join(''));
  });

  it('exports to OpenTelemetry with the ten lines of the documentation', async () => {
    const tracer = new FakeTracer();
    const clock = simulatedClock();
    const context = createContext({
      clock,
      trace: ({ provider, service, operation, region, attempt }) => {
        const attributes = {
          'rpc.system': provider,
          'rpc.service': service,
          'rpc.method': operation,
          'cloud.region': region,
          attempt,
        };
        const span = tracer.startSpan(`${service}/${operation}`, { kind: 2, attributes }); // 2 is SpanKind.CLIENT
        return ({ requestId, status, code }) => {
          if (requestId) span.setAttribute('aws.request_id', requestId);
          if (status) span.setAttribute('http.response.status_code', status);
          if (code) span.setStatus({ code: 2, message: code }); // 2 is SpanStatusCode.ERROR
          span.end();
        };
      },
    });
    const description: CallDescription = {
      provider: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      service: 'ec2',
      operation: 'DescribeSubnets',
      limits: [],
      kind: 'read',
    };
    const answers = [Promise.reject(new Error('503')), Promise.resolve('ok')];
    const send = (): Promise<string> => answers.shift()!;
    const mapError = (): CloudError =>
      new CloudError('CLOUD_FAILED', 'down', { operation: 'DescribeSubnets', status: 503, retryable: true });
    await drive(
      clock,
      call(context, description, send, mapError, () => ({ requestId: 'r-2', status: 200 })),
    );

    const common = { name: 'ec2/DescribeSubnets', kind: 2, 'rpc.system': 'aws', 'rpc.service': 'ec2' };
    expect(tracer.spans).toEqual([
      expect.objectContaining({ ...common, attempt: 1, status: { code: 2, message: 'CLOUD_FAILED' } }),
      expect.objectContaining({ ...common, attempt: 2, 'aws.request_id': 'r-2', 'http.response.status_code': 200 }),
    ]);
  });
});
