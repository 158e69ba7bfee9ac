import fc from 'fast-check';
import type { Subject } from '../../../src/do/findings/subject.js';
import {
  REPORT_VERSION,
  type Evidence,
  type FailedFinding,
  type Finding,
  type OpenFinding,
  type Report,
  type Severity,
} from '../../../src/do/findings/finding.js';
import { PROVE } from '../../runs.js';

/** A path that a route stops. */
export const WALK: readonly Evidence[] = [
  {
    kind: 'security group rule',
    id: 'sgr-1',
    text: 'out tcp 443 to 10.0.0.0/8',
    hop: 'security group out',
    verdict: 'pass',
  },
  {
    kind: 'network ACL entry',
    id: 'acl-1',
    text: 'out 100 allow all to 0.0.0.0/0',
    hop: 'network ACL out',
    verdict: 'pass',
  },
  {
    kind: 'route',
    id: 'rtb-1',
    text: '10.20.0.0/16 → pcx-1 (blackhole)',
    hop: 'route',
    verdict: 'fail',
    code: 'ROUTE_TABLE_BLACKHOLE',
  },
];

/** The parts of a subject as tests write it: `link eu → target orders (10.20.1.7:443)`, `target orders, tg-1`. */
export function aboutOf(subject: string): readonly Subject[] {
  const [, whole = subject, path] = /^(.*?)(?: \((.*)\))?$/s.exec(subject) ?? [];
  const things = whole.split(/ → |, /).map((label) => {
    const [, kind, id = label] = /^(\S+) (.*)$/s.exec(label) ?? [];
    return { kind: kind ?? 'part', id, label };
  });
  return path === undefined ? things : [...things, { kind: 'path', id: path, label: path }];
}

/** Members of a finding that differ from those of {@link finding}. */
export type Change = Partial<Omit<OpenFinding, 'verdict'>> & { readonly verdict?: Finding['verdict'] };

/** Those of a finding that did not pass. */
export type OpenChange = Change & { readonly verdict?: OpenFinding['verdict'] };

export function finding(change?: Change & { readonly verdict?: 'fail' }): FailedFinding;
export function finding(change: OpenChange): OpenFinding;
export function finding(change: Change): Finding;
export function finding(change: Change = {}): Finding {
  return {
    check: 'path/reach',
    code: 'NO_ROUTE',
    about: aboutOf(change.subject ?? 'link eu → target orders (10.20.1.7:443)'),
    params: {},
    verdict: 'fail',
    severity: 'error',
    integration: 'orders',
    subject: 'link eu → target orders (10.20.1.7:443)',
    message: 'no route leads to 10.20.1.7',
    evidence: WALK,
    remedy: 'Accept the peering pcx-1 again, or remove the route.',
    ...change,
    ...(change.verdict === 'pass' ? { severity: undefined } : {}),
  } as Finding;
}

export function report(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return { version: REPORT_VERSION, findings, gaps: [], assumptions: [], ...change };
}

export const FULL: Report = report(
  [
    finding({
      integration: null,
      check: 'link/single-zone',
      severity: 'warning',
      subject: 'link eu',
      message: 'one zone',
      evidence: [],
      remedy: 'Add a subnet.',
    }),
    finding(),
    finding({
      verdict: 'unknown',
      check: 'target/health',
      subject: 'target orders',
      message: 'cannot be determined',
      evidence: [],
      remedy: 'Allow x:Y.',
    }),
    finding({
      severity: 'note',
      check: 'link/retiring',
      subject: 'link eu',
      message: 'it ends',
      evidence: [{ kind: 'date', id: '2027-09-21', text: 'the service ends' }],
    }),
    finding({
      verdict: 'pass',
      check: 'target/exists',
      subject: 'target orders',
      message: 'it is there',
      evidence: [],
      remedy: undefined,
    }),
    finding({ subject: 'link eu → target old (10.20.1.8:443)', suppressed: { reason: 'known', until: '2026-12-31' } }),
  ],
  {
    gaps: [
      {
        provider: 'aws',
        region: 'eu-west-1',
        account: '111122223333',
        what: 'route tables of eu-west-1',
        operation: 'DescribeRouteTables',
        code: 'PERMISSION_DENIED',
        permission: 'ec2:DescribeRouteTables',
        of: 'routeTables',
      },
    ],
    assumptions: [{ path: 'assume.returnPaths[0]', text: '192.168.0.0/16 sends answers back' }],
  },
);

/** Text that has broken, or controlled, its viewer: terminals, CI systems, XML, Markdown, logs. */
const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;http://evil.example/\u0007click\u001b]8;;\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\r\n::set-env name=PATH::/tmp',
  '::error file=a::b',
  '##vso[task.setvariable variable=a]b',
  '\n##[command]x',
  '\u202eevil\u2066',
  'a\u200b\u2028b\u2029c',
  'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '<http://evil.example/>',
  'http://evil.example/ www.evil.example me@evil.example @everyone',
  '[a]: http://evil.example/',
  '| a | b |\n|---|---|',
  '```\ncode\n```',
  '`tick` ``two``',
  '# heading\n- item\n> quote',
  ']]>',
  '<![CDATA[x]]>',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b;',
  '&lt;&#60;&amp;',
  '\u0000\u0001\u0008\u000b\u001f\u007f\u0085\ufffe\uffff\ud800',
  '{0} {proxy+} {{x}}',
  '"\'\\',
  '__proto__',
  'constructor',
  ' '.repeat(300),
  'x'.repeat(3000),
];

/** A hostile text, alone, between others or mixed with anything. */
export function hostileText(): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom(' ', 'a', 'vpc-1'),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join(''));
}

/** A report in which every external text is hostile. */
export function hostileReport(): fc.Arbitrary<Report> {
  const text = hostileText();
  const evidence = fc.record<Evidence>(
    { kind: text, id: text, text, hop: text, verdict: fc.constantFrom('pass', 'fail', 'unknown'), code: text },
    { requiredKeys: ['kind', 'id', 'text'] },
  );
  const facts = {
    check: fc.constantFrom('path/reach', 'link/exists', 'acme/own'),
    code: text,
    integration: fc.option(text, { nil: null }),
    about: fc.array(fc.record({ kind: text, id: text, label: text }), { maxLength: 3 }),
    subject: text,
    params: fc.dictionary(text, fc.oneof(text, fc.nat(), fc.boolean(), fc.array(text))),
    message: text,
    evidence: fc.array(evidence, { maxLength: 5 }),
    remedy: fc.option(text, { nil: undefined }),
  };
  const passed = fc.record({ ...facts, verdict: fc.constant('pass' as const) });
  const open = fc.record({
    ...facts,
    verdict: fc.constantFrom('fail' as const, 'unknown' as const),
    severity: fc.constantFrom<Severity>('error', 'warning', 'note'),
    suppressed: fc.option(fc.record({ reason: text }), { nil: undefined }),
  });
  const gap = fc.record({
    provider: text,
    region: text,
    account: text,
    what: text,
    operation: text,
    code: text,
    permission: text,
  });
  return fc.record({
    version: fc.constant(REPORT_VERSION),
    findings: fc.array(fc.oneof(open, passed), { maxLength: 5 }),
    gaps: fc.array(gap, { maxLength: 2 }),
    assumptions: fc.array(fc.record({ path: text, text }), { maxLength: 2 }),
  });
}

/** How many hostile reports a property tries. */
export const RUNS = { numRuns: PROVE ? 20_000 : 40 };
