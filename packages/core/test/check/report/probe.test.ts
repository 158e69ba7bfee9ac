import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../src/do/probe/probe-result.js';
import { probeJson, probeText } from '../../../src/check/report/probe.js';

const result = (more: Partial<ProbeResult>): ProbeResult => ({
  integration: 'orders',
  route: 'GET /orders',
  gateway: { kind: 'http-api', id: 'api-1' },
  stage: '$default',
  verdict: 'works',
  status: 200,
  latencyMs: 12,
  ...more,
});
const finding = {
  check: 'path/security-group',
  code: 'NO_RULE',
  verdict: 'fail' as const,
  subject: 'link eu → target orders',
  message: 'no rule allows outbound tcp 80',
  remedy: 'Add 10.0.1.0/24.',
  params: {},
};
const failed = {
  verdict: 'failed',
  status: 503,
  latencyMs: 31,
  because: 'it did not',
  finding,
  remedy: finding.remedy,
} as const;
const CALLED = { status: undefined, latencyMs: undefined, stage: undefined };

describe('results of calls as text', () => {
  it('are one line for each route, with cause and remedy once for routes that have the same', () => {
    expect(
      probeText([
        result({}),
        result({ ...failed, route: 'GET /a' }),
        result({ ...failed, route: 'GET /b' }),
        result({ verdict: 'refused', status: 401, route: 'GET /c', because: 'refused', remedy: 'Pass it.' }),
        result({
          ...CALLED,
          integration: 'stock',
          route: 'POST /d',
          verdict: 'not-called',
          because: 'POST may change',
        }),
        result({ ...CALLED, integration: 'stock', route: 'ANY /e', via: 'test-call' }),
        result({ ...CALLED, integration: 'stock', route: 'ANY /f', verdict: 'unknown', because: 'no answer' }),
      ]),
    ).toBe(`orders
  ✓ GET /orders on $default: 200 in 12 ms
  ✗ GET /a on $default: 503 in 31 ms, it did not
  ✗ GET /b on $default: 503 in 31 ms, it did not
    path/security-group  link eu → target orders: no rule allows outbound tcp 80
    → Add 10.0.1.0/24.
  ! GET /c on $default: 401 in 12 ms, refused
    → Pass it.

stock
  · POST /d: not called, POST may change
  ✓ ANY /e: connects
  ? ANY /f: no answer

2 working, 2 failed, 1 refused, 1 undecided, 1 not called
`);
  });

  it('cannot control a terminal, and fit its width', () => {
    const long = result({ ...failed, because: `\u001b[31m${'word '.repeat(40)}` });
    const text = probeText([long], { width: 60 });
    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
  });

  it('say so where there are none', () => {
    expect(probeText([])).toBe('no route is declared\n');
    expect(JSON.parse(probeJson([]))).toEqual({ version: 1, results: [] });
  });
});
