import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, type OpenFinding } from '../../../src/do/findings/finding.js';
import { countedCheck } from '../../../src/check/checks/run.js';
import type { Spec } from '../../../src/do/spec.js';
import { entriesOf } from '../../../src/check/report/entries.js';
import { part, thing } from '../../../src/do/findings/subject.js';
import { bySameCause } from '../../../src/check/report/same-cause.js';
import { reportText } from '../../../src/check/report/text.js';
import { ALIBABA_FAULTS } from '../checks/alibaba-faults.js';
import { AWS_FAULTS } from '../checks/aws-faults.js';
import { alibabaWorld, awsWorld, type World } from '../checks/world.js';
import { aboutOf, finding, hostileReport, report, RUNS, type OpenChange } from './sample.js';
import { fault, ten } from './ten.js';
import { CLOUDS } from '../../clouds.js';

const GROUP = [{ kind: 'security group', id: 'sg-1', text: 'no rule' }];
const walk = (change: OpenChange, hop: string, id: string): OpenFinding =>
  finding({
    verdict: 'fail',
    check: 'path/security-group',
    subject: 'link eu → target orders',
    message: `${hop}: no rule of ${id}`,
    params: { hop, groups: [id] },
    evidence: [{ kind: 'security group', id, text: 'no rule', hop, verdict: change.verdict ?? 'fail' }],
    ...change,
  });
const admitted = finding({
  check: 'egress/admitted',
  subject: 'target orders',
  evidence: GROUP,
  message: 'not let in',
});
const state = finding({ check: 'link/state', subject: 'link eu', evidence: [], integration: null });

describe('findings with one cause', () => {
  const checks = (...findings: readonly OpenFinding[]): readonly (readonly string[])[] =>
    bySameCause(findings).map((one) => [one.finding.check, ...one.also.map(({ check }) => check)]);
  it.each<[string, readonly OpenFinding[], readonly (readonly string[])[]]>([
    [
      'a group that allows nothing inbound, and the path that it stops',
      [admitted, walk({}, 'security group in', 'sg-1')],
      [['egress/admitted', 'path/security-group']],
    ],
    [
      'the same in the other order',
      [walk({}, 'security group in', 'sg-1'), admitted],
      [['egress/admitted', 'path/security-group']],
    ],
    [
      'another group is another cause',
      [admitted, walk({}, 'security group in', 'sg-2')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'outbound rules of the same group are another cause',
      [admitted, walk({}, 'security group out', 'sg-1')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'another target is another cause',
      [admitted, walk({ subject: 'link eu → target orders-2' }, 'security group in', 'sg-1')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'another integration is another cause',
      [admitted, walk({ integration: 'stock' }, 'security group in', 'sg-1')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'an undecided path is not covered by a failure',
      [admitted, walk({ verdict: 'unknown' }, 'security group in', 'sg-1')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'a failure is not hidden behind a warning',
      [{ ...admitted, severity: 'warning' }, walk({}, 'security group in', 'sg-1')],
      [['egress/admitted'], ['path/security-group']],
    ],
    [
      'a link that is not ready is one cause in all integrations',
      [
        state,
        walk({ check: 'path/link', subject: 'link eu' }, 'link', 'vlink-1'),
        walk({ check: 'path/link', subject: 'link eu', integration: 'stock' }, 'link', 'vlink-1'),
        walk({ check: 'path/link', subject: 'link us' }, 'link', 'vlink-2'),
      ],
      [['link/state', 'path/link', 'path/link'], ['path/link']],
    ],
    [
      'a listener that answers itself',
      [
        finding({ check: 'target/answers', subject: 'target orders' }),
        walk({ check: 'path/load-balancer' }, 'listener', 'listener-1'),
      ],
      [['target/answers', 'path/load-balancer']],
    ],
    [
      'a route of another target group',
      [
        finding({ check: 'target/healthy', subject: 'target orders' }),
        walk({ check: 'path/load-balancer' }, 'target health', 'tg-1'),
        walk({ check: 'path/load-balancer' }, 'zone', 'tg-1'),
      ],
      [['target/healthy', 'path/load-balancer'], ['path/load-balancer']],
    ],
  ])('%s', (_, findings, expected) => {
    expect(checks(...findings)).toEqual(expected);
  });

  it('is reported once, with each check that it fails', () => {
    const text = reportText(report([admitted, walk({}, 'security group in', 'sg-1')]));
    expect(text).toContain('  ✗ egress/admitted, path/security-group  target orders: not let in [sg-1: no rule]\n');
    expect(text).toContain('\n1 error\n');
    const pending = { ...state, severity: 'warning' as const };
    const inactive = walk({ check: 'path/link', subject: 'link eu', verdict: 'unknown' }, 'link', 'vlink-1');
    expect(reportText(report([pending, inactive]))).toContain('  ! link/state, ? path/link  link eu: ');
  });

  it('is a missing fact that several verdicts on one subject depend on', () => {
    const missing = { kind: 'missing fact', id: 'ec2:Read', text: 'the groups (ec2:Read)' };
    const waiting = (check: string, change: OpenChange = {}): OpenFinding =>
      finding({
        check,
        verdict: 'unknown',
        subject: 'target orders',
        message: `cannot determine whether ${check}: the groups could not be read`,
        params: { missing: { what: 'the groups', permission: 'ec2:Read' } },
        evidence: [missing],
        remedy: 'Allow ec2:Read.',
        ...change,
      });
    const three = [
      waiting('egress/admitted'),
      waiting('egress/wider', { severity: 'warning' }),
      waiting('target/exposed'),
    ];
    expect(reportText(report(three))).toContain(
      '  ? egress/admitted, target/exposed, egress/wider  target orders: cannot be determined: the groups\n    could not be read\n    → Allow ec2:Read.\n',
    );
    const other = waiting('target/exposed', {
      params: { missing: { what: 'the groups', permission: 'ec2:Else' } },
      evidence: [{ ...missing, id: 'ec2:Else' }],
      remedy: 'Allow ec2:Else.',
    });
    expect(checks(waiting('egress/admitted'), other)).toEqual([['egress/admitted'], ['target/exposed']]);
  });

  it('a missing permission is reported once, for all links, targets and integrations', () => {
    const waiting = (check: string, change: OpenChange): OpenFinding =>
      finding({
        check,
        verdict: 'unknown',
        message: 'security groups could not be read',
        params: { missing: { what: 'security groups', permission: 'ec2:Read' } },
        evidence: [{ kind: 'missing fact', id: 'ec2:Read', text: 'security groups (ec2:Read)' }],
        remedy: 'Allow ec2:Read.',
        ...change,
      });
    const text = reportText(
      report([
        waiting('link/allowlist', { subject: 'link eu', integration: null }),
        waiting('link/exists', { subject: 'link eu', integration: null, evidence: [] }),
        waiting('egress/admitted', { subject: 'target orders', integration: 'orders' }),
        waiting('egress/admitted', { subject: 'target stock', integration: 'stock' }),
        waiting('path/security-group', {
          subject: 'link eu → target stock (subnet-1 to 10.0.0.1)',
          integration: 'stock',
        }),
      ]),
    );
    expect(text.split('Allow ec2:Read.')).toHaveLength(2);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Links and gateways ? link/allowlist, link/exists, egress/admitted, path/security-group link eu, target orders, target stock and 1 more: cannot be determined: security groups could not be read → Allow ec2:Read.',
    );
    expect(text).toContain('1 unknown (in 3 places)');
  });

  it('loses no finding', () => {
    const all = [state, admitted, ...ten().report.findings.filter(isOpen), walk({}, 'security group in', 'sg-1')];
    expect(new Set(bySameCause(all).flatMap((one) => [one.finding, ...one.also]))).toEqual(new Set(all));
    expect(bySameCause(all).flatMap((one) => [one.finding, ...one.also])).toHaveLength(all.length);
  });
});

/** What a report of a world shows: the checks of each entry. */
function entries(world: World): readonly string[] {
  const { report: found, passed } = countedCheck(world.snapshot, world.spec as Spec, { clouds: CLOUDS, passes: false });
  const text = reportText(found, { passed, width: 1000 });
  return [...text.matchAll(/^ {2}([✗!?·] [a-z].*?) {2}\w/gmu)].map(([, checks = '']) => checks);
}

describe('findings with one cause in a world', () => {
  const rows: readonly (readonly [string, World, readonly string[]])[] = [
    ['a link that failed', awsWorld(fault(AWS_FAULTS, 'link failed')), ['✗ link/state, path/link']],
    ['an inactive link', awsWorld(fault(AWS_FAULTS, 'link inactive')), ['✗ link/inactive, path/link']],
    [
      'a load balancer that failed',
      awsWorld(fault(AWS_FAULTS, 'balancer failed')),
      ['✗ target/balancer-active, path/load-balancer'],
    ],
    ['no healthy target', awsWorld(fault(AWS_FAULTS, 'no healthy target')), ['✗ target/healthy, path/load-balancer']],
    [
      'no healthy target in one zone',
      awsWorld(fault(AWS_FAULTS, 'unhealthy in one zone')),
      ['? target/healthy-zones, path/load-balancer'],
    ],
    [
      'a listener with an unsupported protocol',
      awsWorld(fault(AWS_FAULTS, 'listener for UDP')),
      ['✗ target/protocol, path/load-balancer'],
    ],
    [
      'a stopped listener',
      alibabaWorld(fault(ALIBABA_FAULTS, 'listener stopped')),
      ['✗ target/listener, path/load-balancer'],
    ],
    [
      'a list that lacks a block',
      alibabaWorld(fault(ALIBABA_FAULTS, 'access list lacks a vSwitch')),
      ['✗ target/access-list, path/load-balancer'],
    ],
    [
      'a backend of another network',
      alibabaWorld(fault(ALIBABA_FAULTS, 'backend in another VPC')),
      ['✗ target/network, path/route'],
    ],
    [
      'outbound rules of one group and inbound rules of another are two causes',
      alibabaWorld(fault(ALIBABA_FAULTS, 'another group drops calls')),
      ['✗ egress/admitted', '✗ path/security-group', '! target/same-group'],
    ],
  ];
  it.each(rows)('%s', (_, world, expected) => {
    expect(entries(world)).toEqual(expected);
  });

  it('the requirement of the vendor is reported once for several backends', () => {
    const world = alibabaWorld((one) => {
      fault(ALIBABA_FAULTS, 'another group drops calls')(one);
      one.copy('instances', 'i-1', { id: 'i-2', addresses: ['10.0.20.6'] });
      const { targets } = one.integration;
      targets['second'] = { ref: { instance: 'i-2', port: 8080 } };
      one.integration.routes['ANY /second'] = 'second';
    });
    expect(entries(world).filter((checks) => checks.includes('same-group'))).toHaveLength(1);
    const { report: found } = countedCheck(world.snapshot, world.spec as Spec, { clouds: CLOUDS });
    expect(
      found.findings.filter(({ check, verdict }) => check === 'target/same-group' && verdict === 'fail'),
    ).toHaveLength(2);
    expect(reportText(found, { width: 1000 })).toMatch(
      /target\/same-group {2}target orders: .* i-1 .*; likewise second \(i-2\)/,
    );
  });
});

describe('findings with the same message', () => {
  const wide = (target: string, group: string, change: OpenChange = {}): OpenFinding =>
    finding({
      check: 'egress/wider',
      code: 'RULES_WIDER',
      params: { group, link: 'eu', rules: ['in tcp 447 from pl-16'], callers: 'tcp 447 from sg-1' },
      severity: 'warning',
      subject: `target ${target}`,
      message: `${group} allows more than link eu needs: in tcp 447 from pl-16`,
      evidence: [{ kind: 'security group rule', id: `sgr-${target}`, text: 'in tcp 447 from pl-16' }],
      remedy: `Narrow this rule of ${group} to tcp 447 from sg-1.`,
      ...change,
    });
  const shown = (...findings: readonly OpenFinding[]): string => reportText(report(findings), { width: 1000 });
  it('are one entry, which names the facts of each', () => {
    expect(shown(wide('t1', 'sg-a'), wide('t2', 'sg-b'), wide('t3', 'sg-a'))).toContain(
      'target t1: sg-a allows more than link eu needs: in tcp 447 from pl-16 [security group rule sgr-t1]; likewise t2 (sg-b, sgr-t2), t3 (sgr-t3)\n',
    );
  });
  it('contact L: are one entry with that of another check about the same rules, which the same remedy ends', () => {
    const exposed = (rule: string): OpenFinding =>
      wide('t1', 'sg-a', {
        check: 'target/exposed',
        code: 'EXPOSED',
        message: 'the backend can be reached without the gateway',
        evidence: [{ kind: 'security group rule', id: rule, text: 'in tcp 447 from pl-16' }],
        remedy: 'Restrict the inbound rules of sg-a to sg-1.',
      });
    const one = shown(wide('t1', 'sg-a'), exposed('sgr-t1'));
    expect(one).toContain('egress/wider, target/exposed  target t1: sg-a allows more');
    expect(one).not.toContain('Restrict');
    expect(shown(wide('t1', 'sg-a'), exposed('sgr-t2'))).toContain('Restrict');
  });
  it('are the same whether they share the items of their params or not, also where one is a name', () => {
    const callers = [
      { port: 447, names: ['sg-1', 'for sg-2 and t2'] },
      { port: 80, names: ['t3'] },
    ];
    const of = (target: string): OpenFinding => wide(target, 'sg-a', { params: { group: 'sg-a', callers } });
    const all = ['t1', 't2', 't3', '447', 'sg-1'].map(of);
    expect(shown(...all)).toBe(shown(...structuredClone(all)));
    expect(shown(of('t1'), of('t4'))).toContain('likewise t4 (sgr-t4)');
  });
  it('are one entry where a long list holds the name of one of them', () => {
    const callers = [...Array.from({ length: 8 }, (_, at) => `sg-${at}`), 't-9'];
    const of = (target: string): OpenFinding => wide(target, 'sg-a', { params: { callers, port: 443 }, evidence: [] });
    expect(shown(of('t-1'), of('t-9'))).toContain('; likewise t-9\n');
  });
  it('are not all named where they are many', () => {
    const many = Array.from({ length: 10 }, (_, at) => wide(`t${at}`, 'sg-a'));
    expect(shown(...many)).toContain('; likewise t1 (sgr-t1), t2 (sgr-t2), t3 (sgr-t3) and 6 more\n');
    expect(shown(...many)).toContain('\n1 warning (on 10 targets)\n');
  });
  it.each<[string, OpenChange]>([
    ['another severity', { severity: 'error' }],
    ['another verdict', { verdict: 'unknown' }],
    ['another statement', { code: 'LIST_WIDER' }],
    ['facts of another kind', { params: { list: 'acl-1', link: 'eu', rules: ['in tcp 447 from pl-16'] } }],
    [
      'another rule',
      { params: { group: 'sg-b', link: 'eu', rules: ['out tcp 447 from pl-16'], callers: 'tcp 447 from sg-1' } },
    ],
    ['its own message, and no facts', { params: {} }],
    ['another kind of subject', { subject: 'link t2' }],
    [
      'too many different facts',
      { params: { group: 'sg-c', link: 'eu', rules: ['in tcp 9 from pl-9'], callers: 'tcp 9 from sg-9' } },
    ],
  ])('are two entries with %s', (_, change) => {
    const text = shown(wide('t1', 'sg-a'), wide('t2', 'sg-b', change));
    expect(text).not.toContain('likewise');
    expect(text.match(/egress\/wider/g)).toHaveLength(2);
  });
});

describe('every finding is in one entry', () => {
  it('whatever its text', () => {
    fc.assert(
      fc.property(fc.array(hostileReport(), { minLength: 1, maxLength: 3 }), (reports) => {
        const findings = reports.flatMap((one) => one.findings);
        const twice = report([...findings, ...findings.map((one) => ({ ...one, subject: `${one.subject} 2` }))]);
        expect(entriesOf(twice, 1000).hidden).toBe(0);
      }),
      { numRuns: RUNS.numRuns / 4 }, // a run takes 60 ms
    );
  });
  it('or is counted', () => {
    const many = ['a', 'b', 'c', 'd'].map((word) => finding({ message: `${word} is wrong` }));
    expect(entriesOf(report(many), 3)).toMatchObject({ hidden: 1, groups: [{ findings: [{}, {}, {}] }] });
  });
});

describe('entries for findings that differ in names only', () => {
  const open = (route: string): OpenFinding =>
    finding({
      check: 'gateway/open-route',
      severity: 'warning',
      subject: `route ${route}`,
      params: { key: route },
      message: `${route} has no authorizer`,
      evidence: [],
    });
  it('open routes of a gateway are one line', () => {
    const routes = Array.from({ length: 12 }, (_, at) => `GET /orders/${'abcdefghijkl'[at]}`);
    const text = reportText(
      report(
        routes.map((route, at) => ({
          ...open(route),
          message: `${route} of shop has no authorization, and its target is a private backend: every caller of the API can call it`,
          evidence: [{ kind: 'route', id: `r${at}x`, text: `${route} of shop: NONE` }],
          remedy: `Attach an authorizer (JWT, Lambda or IAM) to ${route} of a1b2c3.`,
        })),
      ),
    );
    expect(text.split('gateway/open-route')).toHaveLength(2);
    expect(text).toContain('1 warning (on 12 routes)');
  });
  it('also where the ID of a rule looks like a word', () => {
    const ids = ['uzczomv', 'hyo1nuy', 'kqzvbmw'];
    const text = reportText(
      report(
        ids.map((id, at) => ({ ...open(`GET /r${at}`), evidence: [{ kind: 'route', id, text: `GET /r${at}: NONE` }] })),
      ),
      { width: 1000 },
    );
    expect(text).toContain('[uzczomv: GET /r0: NONE]; likewise GET /r1 (hyo1nuy), GET /r2 (kqzvbmw)\n');
  });
  const walked = (from: string, to: string, block: string): OpenFinding =>
    finding({
      subject: `link eu → target orders (${from} to ${to}, route)`,
      about: [
        ...aboutOf('link eu → target orders'),
        { kind: 'source', id: from, label: from },
        { kind: 'destination', id: to, label: to },
      ],
      params: { block },
      message: `no route to ${block}`,
      evidence: [],
    });
  it.each<[string, readonly OpenFinding[], string]>([
    [
      'route keys are not shortened',
      [open('ANY /billing/{proxy+}'), open('GET /orders/{id}'), open('GET /stock/{sku}'), open('PUT /stock/{sku}')],
      '; likewise GET /orders/{id}, GET /stock/{sku}, PUT /stock/{sku}\n',
    ],
    [
      'facts that differ in two places keep their order',
      [walked('10.20.11.28', '10.20.11.50', '10.20.11.0/24'), walked('10.20.12.28', '10.20.12.50', '10.20.12.0/24')],
      '; likewise 10.20.12.28 to 10.20.12.50 (10.20.12.0/24)\n',
    ],
  ])('%s', (_, findings, expected) => {
    expect(reportText(report(findings), { width: 1000 })).toContain(expected);
  });
  it('differ in too many facts to assign them: two entries', () => {
    const one = (name: string, facts: string): OpenFinding =>
      finding({ subject: `target ${name}`, params: { facts }, message: `port ${facts}`, evidence: [] });
    const findings = [one('stock', '80 of 10.20.1.0/24 in sg-1'), one('orders', '81 of 10.20.2.0/24 in sg-2')];
    expect(reportText(report(findings), { width: 1000 })).not.toContain('likewise');
  });
  it('the last line counts an entry once, with what it is about', () => {
    const findings = [open('GET /a'), open('GET /b'), open('GET /c')];
    expect(reportText(report(findings))).toContain('\n1 warning (on 3 routes)\n');
    expect(reportText(report([open('GET /a')]))).toContain('\n1 warning\n');
  });
  it('the last line counts paths, and places where causes are about things of several kinds', () => {
    const walk = (source: string): OpenFinding =>
      finding({
        subject: `link eu → target orders (${source} to 10.20.1.7:443)`,
        about: [
          thing('link', 'eu'),
          thing('target', 'orders'),
          part('source', source),
          part('destination', '10.20.1.7:443'),
        ],
      });
    const two = [walk('10.0.1.0/24'), walk('10.0.2.0/24')];
    expect(reportText(report(two))).toContain('\n1 error (on 2 paths)\n');
    const balancer = finding({
      check: 'target/kind',
      code: 'OTHER',
      subject: 'target orders',
      about: [thing('target', 'orders')],
    });
    expect(reportText(report([...two, balancer]))).toContain('\n2 errors (in 3 places)\n');
  });
});
