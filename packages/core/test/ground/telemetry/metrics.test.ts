import { describe, expect, it } from 'vitest';
import { allTraces, callMetrics, expositionText } from '../../../src/internal/telemetry.js';
import * as watch from '../../../src/internal/watch.js';
import { finding, START, watched } from '../../watch/round.js';

const start = {
  provider: 'aws',
  service: 'ec2',
  operation: 'DescribeSubnets',
  region: 'eu-west-1',
  kind: 'read',
  attempt: 1,
} as const;

describe('metrics of calls', () => {
  it('count attempts by outcome, and their durations', () => {
    const { trace, families } = callMetrics();
    trace(start)?.({ durationMs: 80 });
    trace(start)?.({ durationMs: 80 });
    trace(start)?.({ durationMs: 20_000, code: 'THROTTLED' });
    const text = expositionText(families());
    const labels = 'provider="aws",region="eu-west-1",operation="ec2.DescribeSubnets"';
    expect(text).toContain(`postern_cloud_calls_total{${labels},outcome="ok"} 2\n`);
    expect(text).toContain(`postern_cloud_calls_total{${labels},outcome="THROTTLED"} 1\n`);
    expect(text).toContain('postern_throttled_total{provider="aws",region="eu-west-1"} 1\n');
    const series = 'provider="aws",operation="ec2.DescribeSubnets"';
    expect(text).toContain(`postern_cloud_call_duration_seconds_bucket{${series},le="0.1"} 2\n`);
    expect(text).toContain(`postern_cloud_call_duration_seconds_bucket{${series},le="30"} 3\n`);
    expect(text).toContain(`postern_cloud_call_duration_seconds_sum{${series}} 20.16\n`);
  });
  it('cost nothing where nothing asks for them', () => {
    expect(allTraces(undefined, undefined)).toBeUndefined();
  });
});

it('the text format: escapes labels and help, and leaves out metrics without values', () => {
  const text = expositionText([
    {
      name: 'a',
      type: 'gauge',
      help: 'a\\b\nc',
      samples: [{ labels: { x: 'q"\\\n' }, value: Number.POSITIVE_INFINITY }],
    },
    { name: 'b', type: 'gauge', help: 'none', samples: [] },
  ]);
  expect(text).toBe('# HELP a a\\\\b\\nc\n# TYPE a gauge\na{x="q\\"\\\\\\n"} +Inf\n');
});

it('metrics of a history: have the verdicts by name, and no ID of a resource', () => {
  const seen = { findings: [finding({ integration: 'orders' })] };
  const { history } = watched(watch, [
    { at: 0, ...seen },
    { at: 60, ...seen },
  ]);
  const text = expositionText(
    watch.watchMetrics(history, { seconds: 1.5, readAt: history.lastAt, now: START + 90_000 }),
  );
  expect(text).toContain('postern_path_verdict{spec="shop-1a2b",integration="orders"} 1\n');
  expect(text).toContain('postern_path_verdict{spec="shop-1a2b",integration="users"} 0\n');
  expect(text).toContain('postern_paths{spec="shop-1a2b",verdict="broken"} 1\n');
  expect(text).toContain(
    'postern_check_findings{spec="shop-1a2b",verdict="broken",check="path/security-group",code="DENIED"} 1\n',
  );
  expect(text).toContain('postern_snapshot_age_seconds{spec="shop-1a2b"} 30\n');
  expect(text).not.toContain('sg-1');
});
