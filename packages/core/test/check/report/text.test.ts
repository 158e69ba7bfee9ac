import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import type { Evidence, Finding } from '../../../src/do/findings/finding.js';
import { reportJson } from '../../../src/check/report/json.js';
import { failsAt, tally, tallyText } from '../../../src/check/report/tally.js';
import { findingsHtml } from '../../../src/check/report/document.js';
import { reportMarkdown } from '../../../src/check/report/markdown.js';
import { reportText } from '../../../src/check/report/text.js';
import { wrap } from '../../../src/ground/text/wrap.js';
import { finding, FULL, hostileReport, report, RUNS, WALK, type Change } from './sample.js';

describe('the text of a report', () => {
  it('shows problems first, with the hop that decided, and counts what passed', () => {
    expect(reportText(FULL)).toBe(`orders
  ✗ path/reach  link eu → target orders (10.20.1.7:443): … ✓ network ACL out · ✗ route: no route
    leads to 10.20.1.7 [rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)]
    → Accept the peering pcx-1 again, or remove the route.
  ? target/health  target orders: cannot be determined
    → Allow x:Y.
  · link/retiring  link eu: it ends [2027-09-21: the service ends]
    → Accept the peering pcx-1 again, or remove the route.

Links and gateways
  ! link/single-zone  link eu: one zone
    → Add a subnet.

suppressed  path/reach  link eu → target old (10.20.1.8:443) of orders: known, until 2026-12-31

could not be read
  route tables of eu-west-1 (eu-west-1, account 111122223333): DescribeRouteTables returned
    PERMISSION_DENIED; allow ec2:DescribeRouteTables

assumed  assume.returnPaths[0]: 192.168.0.0/16 sends answers back

1 error, 1 warning, 1 note, 1 unknown, 1 suppressed, 1 passed
`);
  });

  it('shows what is ignored for one reason as one line, with how many it concerns', () => {
    const suppressed = { reason: 'known', until: '2026-12-31' };
    const many = Array.from({ length: 100 }, (_, at) =>
      finding({ check: 'path/reach', subject: `route ${at}`, integration: 'orders', suppressed }),
    );
    const all = report([...many, finding({ check: 'path/reach', subject: 'route x', suppressed: { reason: 'new' } })]);
    const line =
      /path\/reach.{0,10} route 0 of orders: known, until 2026.{1,2}12.{1,2}31; likewise route 1 of orders,.* 96 more/;
    for (const text of [reportText(all), reportMarkdown(all).replaceAll('\\', ''), findingsHtml(all)]) {
      expect(text.replaceAll(/\n {4}/g, ' ')).toMatch(line);
      expect(text.split('\n').filter((one) => one.includes('path/reach'))).toHaveLength(2);
    }
  });

  it('shows the hop that decided after the one before it', () => {
    const hop = (name: string, verdict: Evidence['verdict']): Evidence => ({
      kind: 'rule',
      id: `id-${name}`,
      text: `text ${name}`,
      hop: name,
      verdict,
    });
    const shown = (change: Change): string => reportText(report([finding({ message: 'm', ...change })]));
    const evidence = ['a', 'b', 'c'].map((name) => hop(name, 'pass'));
    const long = [...evidence, hop('d', 'fail'), hop('e', 'unknown')];
    expect(shown({ evidence: long })).toContain(': … ✓ c · ✗ d: m [id-d: text d]\n');
    // A message that begins with the hop does not repeat it.
    expect(shown({ evidence: long, message: 'd: m' })).toContain(': … ✓ c · ✗ d: m [id-d: text d]\n');
    const unknown = [hop('a', 'pass'), hop('b', 'unknown')];
    expect(shown({ verdict: 'unknown', evidence: unknown })).toContain(': ✓ a · ? b: m [id-b: text b]\n');
    // Of a path with an unknown hop and a failed hop, each finding shows the hop that decided its verdict.
    const both = [hop('a', 'unknown'), hop('b', 'pass'), hop('c', 'fail')];
    expect(shown({ evidence: both })).toContain('… ✓ b · ✗ c: m [id-c: text c]\n');
    expect(shown({ evidence: both, verdict: 'unknown' })).toContain(': ? a: m [id-a: text a]\n');
  });

  it('does not repeat what message and remedy name', () => {
    const shown = (text: string, message: string, id = 'subnet-1'): string =>
      reportText(report([finding({ evidence: [{ kind: 'subnet', id, text }], message, remedy: 'Use another.' })]));
    expect(shown('10.0.0.0/24', 'subnet-1 (10.0.0.0/24) is full')).toContain('is full\n');
    expect(shown('10.0.0.0/24', 'subnet-1 is full')).toContain('is full [10.0.0.0/24]\n');
    expect(shown('nothing free there', 'subnet-1 is full')).toContain('is full\n');
    expect(shown('is full', 'it is full')).toContain('is full [subnet subnet-1]\n');
    expect(shown('nothing free there', 'it is full')).toContain('is full [subnet-1: nothing free there]\n');
    const arn = 'arn:aws:x:eu-west-1:111122223333:loadbalancer/app/orders-alb/50dc6c495c0c9188';
    expect(shown('internal', 'orders-alb is full', arn)).toContain('orders-alb is full\n');
    expect(shown(`of ${arn}`, 'it is full')).toMatch(
      /\[subnet-1: of\s+loadbalancer\/app\/orders-alb\/50dc6c495c0c9188\]/,
    );
  });

  it('of a hundred thousand findings is short', () => {
    const one = finding();
    const text = reportText(
      report(
        Array.from({ length: 100_000 }, (_, at) => ({
          ...one,
          message: `m ${at.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')}`,
        })),
      ),
    );
    expect(text.length).toBeLessThan(200_000);
    expect(text).toContain('Shown are 200 of 100000 findings; 99800 more are not: --json lists all.');
  });

  it('can be painted, across lines, and is the same without its colors', () => {
    const paint = (style: string, text: string): string => `<${style}>${text}</${style}>`;
    const painted = reportText(FULL, { paint });
    expect(painted).toContain('  <error>✗ path/reach</error>  link eu');
    expect(painted).toContain(
      '<quiet>… ✓ network ACL out · </quiet><error>✗ route</error>: no route\n    leads to 10.20.1.7<quiet> [rtb-1: ',
    );
    expect(painted).toContain('<heading>orders</heading>');
    expect(painted).toContain('  <unknown>? target/health</unknown>');
    expect(painted).toContain('    <remedy>→ Add a subnet.</remedy>\n');
    for (const width of [40, 60, 100]) {
      const lines = reportText(FULL, { paint, width }).replace(/<[/a-z]+>/g, '');
      expect(lines).toBe(reportText(FULL, { width }));
    }
  });

  it('reports that nothing was checked', () => {
    expect(reportText(report([]))).toBe('nothing was checked\n');
    expect(reportText(report([]), { passed: 3 })).toBe('3 passed\n');
  });

  it('external text does not control a terminal, a CI system or a log', () => {
    fc.assert(
      fc.property(hostileReport(), fc.integer({ min: 40, max: 120 }), (one, width) => {
        const text = reportText(one, { width });
        expect(text).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
        expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
        expect(text).not.toMatch(/##\w*\[/);
        expect(text).not.toMatch(/\p{M}{5}/u);
      }),
      RUNS,
    );
  });
});

describe('wrap', () => {
  it.each<[string, number, readonly string[]]>([
    ['a b c', 10, ['a b c']],
    ['aaa bbb ccc', 7, ['aaa bbb', '  ccc']],
    ['  aaa bbb', 5, ['  aaa', '  bbb']],
    ['aaaaaaaaaaaa b', 5, ['aaaaaaaaaaaa', '  b']],
    ['', 5, ['']],
    ['aaa ✗ bbb', 6, ['aaa', '  ✗ bbb']],
    ['aaa … ✓ bbb', 8, ['aaa', '  … ✓ bbb']],
    ['aaa bbb → ccc', 8, ['aaa', '  bbb →', '  ccc']],
    ['→ aaaaaaaa bbb', 5, ['→ aaaaaaaa', '  bbb']],
  ])('%j at %i', (text, width, lines) => {
    expect(wrap(text, width, '  ')).toEqual(lines);
  });
  it('loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 5, max: 40 }),
        (words, width) => {
          expect(wrap(words.join(' '), width, '    ').join(' ').split(/ +/)).toEqual(words);
        },
      ),
      { numRuns: runs(25, 100) },
    );
  });
});

describe('what fails a command', () => {
  const rows: readonly [Change, readonly string[]][] = [
    [{ severity: 'error' }, ['error', 'warning', 'unknown']],
    [{ severity: 'warning' }, ['warning']],
    [{ severity: 'note' }, []],
    [{ verdict: 'unknown', severity: 'error' }, ['unknown']],
    [{ verdict: 'unknown', severity: 'warning' }, []],
    [{ verdict: 'pass' }, []],
    [{ severity: 'error', suppressed: { reason: 'x' } }, []],
    [{ verdict: 'unknown', suppressed: { reason: 'x' } }, []],
  ];
  it.each(rows)('%j at %j', (change, levels) => {
    expect((['error', 'warning', 'unknown'] as const).filter((level) => failsAt(finding(change), level))).toEqual(
      levels,
    );
  });
  it('is counted', () => {
    expect(tally(FULL)).toEqual({ failed: { error: 1, warning: 1, note: 1 }, unknown: 1, suppressed: 1, passed: 1 });
    expect(tallyText(tally(report([finding(), finding()]), 7))).toBe('2 errors, 7 passed');
  });
});

describe('the JSON of a report', () => {
  it('has exactly the members of the issue, in order', () => {
    const evidence = [{ ...WALK[0], because: 'not of a finding', remedy: 'neither' } as Evidence];
    const one = finding({ evidence, suppressed: { reason: 'r' } });
    const shuffled = Object.fromEntries(Object.entries(one).reverse()) as unknown as Finding;
    expect(JSON.parse(reportJson(report([shuffled])))).toEqual({
      version: 1,
      findings: [{ ...one, evidence: [WALK[0]], suppressed: { reason: 'r' } }],
      gaps: [],
      assumptions: [],
    });
    expect(reportJson(report([shuffled]))).toBe(
      reportJson(report([finding({ evidence: [WALK[0] as Evidence], suppressed: { reason: 'r' } })])),
    );
    const keys = [...reportJson(FULL).matchAll(/^ {6}"(\w+)"/gm)].map(([, key]) => key);
    expect(keys.slice(0, 8)).toEqual([
      'check',
      'verdict',
      'severity',
      'integration',
      'subject',
      'message',
      'evidence',
      'remedy',
    ]);
    const passed = reportJson(report([finding({ verdict: 'pass' })]));
    expect(JSON.parse(passed)).toMatchObject({ version: 1, findings: [{ verdict: 'pass' }] });
    expect(passed).not.toContain('severity');
  });

  it('is the same value, safe on a terminal', () => {
    fc.assert(
      fc.property(hostileReport(), (one) => {
        const text = reportJson(one);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)));
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
        expect(text).not.toMatch(/##\w*\[/);
      }),
      RUNS,
    );
  });
});
