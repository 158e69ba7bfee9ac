import { expect, it } from 'vitest';
import { call, type CallDescription } from '../../../src/ground/calls/call.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import { CloudError } from '../../../src/ground/errors.js';
import { callSpans } from '../../../src/ground/telemetry/call-spans.js';
import { drive } from '../../drive.js';

/** The part of OpenTelemetry's API that `callSpans` uses, recording its calls. */
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

it('trace: is a span of OpenTelemetry for each attempt, by callSpans', async () => {
  const tracer = new FakeTracer();
  const clock = simulatedClock();
  const context = createContext({ clock, trace: callSpans(tracer) });
  const description: CallDescription = {
    provider: 'aws',
    account: '111122223333',
    region: 'eu-west-1',
    service: 'ec2',
    operation: 'DescribeSubnets',
    limits: [],
    kind: 'read',
    span: { system: 'aws-api', provider: 'aws', service: 'EC2', requestId: 'aws.request_id' },
  };
  const answers = [Promise.reject(new Error('503')), Promise.resolve('ok')];
  const send = (): Promise<string> => answers.shift()!;
  const mapError = (): CloudError =>
    new CloudError('CLOUD_FAILED', 'down', { operation: 'DescribeSubnets', status: 503, retryable: true });
  await drive(
    clock,
    call(context, description, send, mapError, () => ({ requestId: 'r-2', status: 200 })),
  );

  const common = {
    name: 'EC2.DescribeSubnets',
    kind: 2,
    'rpc.system.name': 'aws-api',
    'rpc.method': 'EC2/DescribeSubnets',
    'cloud.provider': 'aws',
    'cloud.region': 'eu-west-1',
    'cloud.account.id': '111122223333',
  };
  const failed = { 'error.type': 'CLOUD_FAILED', 'http.response.status_code': 503 };
  expect(tracer.spans).toEqual([
    { ...common, 'postern.attempt': 1, ...failed, status: { code: 2, message: 'CLOUD_FAILED' } },
    { ...common, 'postern.attempt': 2, 'aws.request_id': 'r-2', 'http.response.status_code': 200 },
  ]);
});
