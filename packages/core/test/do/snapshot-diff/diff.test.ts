import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../../src/do/findings/finding.js';
import { diffSnapshots } from '../../../src/do/snapshot-diff/diff.js';
import { none } from '../../../src/do/forms/form.js';
import { text } from '../../../src/do/forms/values.js';
import { RESOURCES } from '../../../src/do/snapshot/resources/resources.js';
import { KINDS } from '../../../src/do/snapshot-diff/change.js';
import { detailsOf } from '../../../src/do/snapshot-diff/words.js';
import { snapshotDiffText } from '../../../src/do/snapshot-diff/render.js';
import type { Gap, RegionSnapshot, Snapshot, SnapshotList } from '../../../src/do/snapshot/snapshot.js';
import type { Spec } from '../../../src/do/spec.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';
import { runs } from '../../runs.js';
import { shuffled, WIDE_SNAPSHOT } from '../snapshot/wide-snapshot.js';

const LISTS = KINDS.map(({ list }) => list) as readonly SnapshotList[];
const base: RegionSnapshot = { ...FULL_REGION, gaps: [], whole: LISTS };
const of = (region: Partial<RegionSnapshot>, rest: Partial<Snapshot> = {}): Snapshot => ({
  ...FULL_SNAPSHOT,
  ...rest,
  regions: [{ ...base, ...region }],
});
const lines = (a: Snapshot, b: Snapshot): string[] =>
  snapshotDiffText(diffSnapshots(a, b))
    .split('\n')
    .slice(2)
    .filter((line) => line !== '');

const [group] = base.securityGroups;
const [rule] = group!.rules;
const [listener] = base.listeners;
const forPath = (id: string, path: string) => ({
  id,
  priority: 10,
  conditions: [{ kind: 'path' as const, values: [path] }],
  actions: [{ kind: 'redirect' as const, statusCode: '301' }],
});
const tcp = {
  id: 'sgr-9',
  direction: 'out' as const,
  protocol: 'tcp',
  fromPort: 443,
  toPort: 443,
  cidrBlock: '10.0.0.0/8',
};

describe('detailsOf', () => {
  it('names the routes of a deployment that differ, also of a canary', () => {
    const route = (linkId: string) => ({ id: 'r1', gatewayId: 'api-1', key: 'GET /a', linkId, raw: null });
    const stages = (own: string, canary: string) => ({
      stages: [
        {
          name: 'prod',
          deploymentId: `d-${own}`,
          served: { routes: [route(own)] },
          canary: { percent: 10, served: { routes: [route(canary)] } },
        },
      ],
    });
    const { parts, items } = RESOURCES.gateways;
    expect(detailsOf(stages('old', 'old'), stages('new', 'gone'), { parts, members: items.members })).toEqual([
      { text: 'stage prod: canary served route GET /a: link id: old → gone', paths: true },
      { text: 'stage prod: deployment id: d-old → d-new', paths: false },
      { text: 'stage prod: served route GET /a: link id: old → new', paths: true },
    ]);
  });

  it('shows each change with two sides that differ', () => {
    const members = { statusCode: none(text), health: text };
    const value = fc.oneof(
      fc.constantFrom(undefined, null, '', 'none', '(empty)', '5', 5, true, 'true'),
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }),
      fc.array(fc.record({ id: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
      fc.tuple(fc.constantFrom('x', 'x'.repeat(200)), fc.constantFrom('', 'a', 'b')).map(([a, b]) => a + b),
    );
    fc.assert(
      fc.property(value, value, fc.constantFrom('statusCode', 'health'), (before, after, name) => {
        for (const { text } of detailsOf({ [name]: before }, { [name]: after }, { members })) {
          const [from, to] = text.replace(/^.*?: /, '').split(' → ');
          expect(from).not.toBe(to);
        }
      }),
      { numRuns: runs(100, 200_000), seed: 5 },
    );
  });
});

describe('diffSnapshots', () => {
  it('finds no change between a world and itself, for any order of lists', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const diff = diffSnapshots(WIDE_SNAPSHOT, shuffled(WIDE_SNAPSHOT, seed));
        expect(diff.changes).toEqual([]);
        expect(snapshotDiffText(diff)).toContain('Nothing changed.');
      }),
      { numRuns: runs(8, 1_000) },
    );
  });

  it.each<[string, Partial<RegionSnapshot>, Partial<RegionSnapshot>, readonly string[]]>([
    [
      'a removed rule',
      { securityGroups: [{ ...group!, rules: [rule!, tcp] }] },
      {},
      ['  ~ security group securityGroups-1 (name-1): rule out tcp 443 to 10.0.0.0/8 removed'],
    ],
    [
      'rules of a listener',
      { listeners: [{ ...listener!, rules: [forPath('r1', '/a'), forPath('r2', '/b')] }] },
      { listeners: [{ ...listener!, rules: [forPath('r1', '/a*'), forPath('r3', '/c')] }] },
      [
        '  ~ listener listeners-1: rule 10 (path /b): redirect 301 removed',
        '  ~ listener listeners-1: rule 10 (path /a): redirect 301 → 10 (path /a*): redirect 301',
        '  ~ listener listeners-1: rule 10 (path /c): redirect 301 added',
      ],
    ],
    [
      'a changed rule',
      { securityGroups: [{ ...group!, rules: [tcp] }] },
      { securityGroups: [{ ...group!, rules: [{ ...tcp, cidrBlock: '10.1.0.0/16' }] }] },
      ['  ~ security group securityGroups-1 (name-1): rule out tcp 443 to 10.0.0.0/8 → out tcp 443 to 10.1.0.0/16'],
    ],
    [
      'rules without ids',
      { securityGroups: [{ ...group!, rules: [{ ...tcp, id: undefined }] }] },
      {
        securityGroups: [
          {
            ...group!,
            rules: [
              { ...tcp, id: undefined },
              { ...tcp, id: undefined, fromPort: 80, toPort: 80 },
            ],
          },
        ],
      },
      ['  ~ security group securityGroups-1 (name-1): rule out tcp 80 to 10.0.0.0/8 added'],
    ],
    [
      'a link’s state',
      {},
      { links: [{ ...base.links[0]!, state: 'inactive', nativeState: 'INACTIVE' }] },
      [
        '  ~ link links-1 (name-1): native state: nativeState-1 → INACTIVE',
        '  ~ link links-1 (name-1): state: pending → inactive',
      ],
    ],
    [
      'a route that is now propagated',
      {},
      {
        routeTables: [
          {
            ...base.routeTables![0]!,
            routes: [
              ...base.routeTables![0]!.routes!,
              {
                cidrBlock: '10.8.0.0/16',
                nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
                state: 'active',
                origin: 'propagated',
              },
            ],
          },
        ],
      },
      ['  ~ route table routeTables-1: route 10.8.0.0/16 → vgw-1 (propagated) added'],
    ],
    [
      'a target that became unhealthy',
      {},
      {
        targetGroups: [
          {
            ...base.targetGroups![0]!,
            targets: [{ ...base.targetGroups![0]!.targets![0]!, health: 'unhealthy', reason: undefined }],
          },
        ],
      },
      ['  ~ target group targetGroups-1 (name-1): target targets-1:443 healthy (reason-1) → targets-1:443 unhealthy'],
    ],
    ['a removed interface', {}, { interfaces: [] }, ['  - network interface interfaces-1 is gone']],
    ['an added peering', { peerings: [] }, {}, ['  + peering peerings-1 is new']],
    [
      'subnets of a link',
      {},
      { links: [{ ...base.links[0]!, subnetIds: ['subnet-b', 'subnet-c'] }] },
      [
        '  ~ link links-1 (name-1): subnet ids: subnetIds-1 removed',
        '  ~ link links-1 (name-1): subnet ids: subnet-b, subnet-c added',
      ],
    ],
    [
      'a route deep inside a transit gateway',
      {},
      {
        transitGateways: [{ ...base.transitGateways![0]!, routeTables: [{ id: 'routeTables-1', routes: [] }] }],
      },
      [
        '  ~ transit gateway transitGateways-1: route table routeTables-1: route 10.0.0.0/16 → attachmentIds-1 (static) removed',
      ],
    ],
    [
      'a primary block that changed its position',
      { networks: [{ ...base.networks[0]!, cidrBlocks: ['10.0.0.0/16', '10.1.0.0/16'] }] },
      { networks: [{ ...base.networks[0]!, cidrBlocks: ['10.1.0.0/16', '10.0.0.0/16'] }] },
      ['  ~ network networks-1 (name-1): cidr blocks: in another order, 10.1.0.0/16, 10.0.0.0/16'],
    ],
  ])('reports changes that may change a path: %s', (_, before, after, expected) => {
    expect(lines(of(before), of(after))).toEqual(['Changes that may change a path:', ...expected]);
  });

  it.each<[string, Partial<RegionSnapshot>, readonly string[]]>([
    [
      'a tag',
      { links: [{ ...base.links[0]!, tags: { owner: 'x' } }] },
      ['  ~ link links-1 (name-1): tag owner: none → x', '  ~ link links-1 (name-1): tag team: tags-1 → none'],
    ],
    [
      'free addresses',
      { subnets: [{ ...base.subnets[0]!, freeAddresses: 7 }] },
      ['  ~ subnet subnets-1 (name-1): free addresses: 443 → 7'],
    ],
    ['a quota', { quotas: { team: 20 } }, ['  ~ quota: team: 443 → 20']],
  ])('reports other changes last: %s', (_, after, expected) => {
    expect(lines(of({}), of(after))).toEqual(['Other changes:', ...expected]);
  });

  const gap: Gap = {
    what: 'security groups',
    operation: 'DescribeSecurityGroups',
    code: 'PERMISSION_DENIED',
    permission: 'ec2:DescribeSecurityGroups',
    of: 'securityGroups',
  };
  it.each<[string, Partial<RegionSnapshot>, Partial<RegionSnapshot>, string]>([
    [
      'a gap that appeared',
      {},
      { securityGroups: [], gaps: [gap] },
      '  ? security group securityGroups-1 could not be read for the second snapshot: DescribeSecurityGroups returned PERMISSION_DENIED; allow ec2:DescribeSecurityGroups',
    ],
    [
      'a gap that was filled',
      { securityGroups: [], gaps: [gap] },
      {},
      '  ? security group securityGroups-1 could not be read for the first snapshot: DescribeSecurityGroups returned PERMISSION_DENIED; allow ec2:DescribeSecurityGroups',
    ],
    [
      'a gap of one resource',
      {},
      { securityGroups: [], gaps: [{ ...gap, id: 'securityGroups-1' }] },
      '  ? security group securityGroups-1 could not be read for the second snapshot',
    ],
    [
      'a gap of any resource',
      {},
      { securityGroups: [], gaps: [{ ...gap, of: undefined }] },
      '  ? security group securityGroups-1 could not be read for the second snapshot',
    ],
    [
      'a list that was not read',
      {},
      { routeTables: undefined },
      '  ? route table routeTables-1 was not read for the second snapshot',
    ],
    [
      'an incomplete list',
      {},
      { subnets: [], whole: [] },
      '  ? subnet subnets-1 is not in the second snapshot, which holds only what was asked for',
    ],
  ])('never reports a resource that could not be read as gone or new: %s', (_, before, after, expected) => {
    const shown = lines(of(before, { scope: undefined }), of(after, { scope: undefined }));
    expect(shown.some((line) => line.startsWith(expected))).toBe(true);
    expect(shown.filter((line) => /^ {2}[-+]/.test(line))).toEqual([]);
  });

  it('a gap of another resource does not hide a removal', () => {
    const shown = lines(of({}), of({ securityGroups: [], gaps: [{ ...gap, id: 'sg-7' }] }));
    expect(shown).toContain('  - security group securityGroups-1 (name-1) is gone');
    expect(shown).toContain(
      '  ? security groups could not be read: DescribeSecurityGroups returned PERMISSION_DENIED; allow ec2:DescribeSecurityGroups',
    );
  });

  it('a member that was not read is not reported as removed', () => {
    const table = { ...base.routeTables![0]!, routes: undefined };
    expect(lines(of({}), of({ routeTables: [table] }))).toEqual([
      'Not compared, because one of the snapshots does not show it:',
      '  ? route table routeTables-1: routes: 1 of them → not read',
    ]);
  });

  it('lists many resources in one line', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ ...base.subnets[0]!, id: `subnet-${at + 10}` }));
    const shown = lines(of({ subnets: many }), of({ subnets: [], gaps: [{ ...gap, of: 'subnets', what: 'subnets' }] }));
    expect(shown[1]).toContain(
      'subnets subnet-10, subnet-11, subnet-12, subnet-13, subnet-14 and 35 more could not be read',
    );
  });

  it.each<[string, Partial<Snapshot>, Partial<Snapshot>, string]>([
    ['accounts', {}, { regions: [{ ...base, account: '444455556666' }] }, 'no place in common'],
    [
      'regions',
      {},
      { regions: [base, { ...base, region: 'us-east-1' }] },
      'Only the second shows aws us-east-1 of account 111122223333.',
    ],
    ['providers', { regions: [base, { ...base, provider: 'alibaba' }] }, {}, 'Only the first shows alibaba eu-west-1'],
    ['masks', { redacted: undefined }, { redacted: true }, 'Only the second has masks'],
    ['scopes', { scope: undefined }, {}, 'Only the second holds every gateway'],
    ['order', { takenAt: '2027-01-01T00:00:00Z' }, {}, 'The first was taken after the second'],
  ])('reports that %s differ', (_, before, after, expected) => {
    const diff = diffSnapshots({ ...of({}), ...before }, { ...of({}), ...after });
    expect(diff.notes.join('\n')).toContain(expected);
    expect(diff.changes).toEqual([]);
  });

  it('reports findings first, where a spec is given', () => {
    const finding = (check: string, verdict: Finding['verdict']): Finding => {
      const about = {
        about: [],
        params: {},
        integration: 'orders',
        subject: 'link eu',
        evidence: [],
        remedy: 'Do it.',
      };
      const facts = { check, code: 'FAILED', message: `says ${check}`, ...about };
      return verdict === 'pass' ? { ...facts, verdict } : { ...facts, verdict, severity: 'error' };
    };
    const report = (...findings: readonly Finding[]): Report => ({ version: 1, findings, gaps: [], assumptions: [] });
    const spec = {} as Spec;
    const [a, b] = [of({}), of({ interfaces: [] })];
    const check = (snapshot: Snapshot): Report =>
      snapshot.regions[0]!.interfaces.length > 0
        ? report(finding('link/state', 'fail'), finding('link/group', 'pass'), finding('cidr/x', 'unknown'))
        : report(finding('link/group', 'fail'), finding('cidr/x', 'unknown'));
    const diff = diffSnapshots(a, b, { spec, check });
    expect(diff.findings?.appeared.map((one) => one.check)).toEqual(['link/group']);
    expect(diff.findings?.gone.map((one) => one.check)).toEqual(['link/state']);
    expect(snapshotDiffText(diff).split('\n').slice(2)).toEqual([
      'Findings that appeared:',
      '  ✗ error link/group link eu: says link/group',
      '    → Do it.',
      '',
      'Findings that are gone:',
      '  ✗ error link/state link eu: says link/state',
      '',
      'Changes that may change a path:',
      '  - network interface interfaces-1 is gone',
      '',
    ]);
  });

  it('shows names from a cloud as text, not as commands of a terminal', () => {
    const named = { ...base.links[0]!, name: '\u001b[31mx\n::error::y' };
    const text = snapshotDiffText(diffSnapshots(of({}), of({ links: [named] })));
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/\u001b|^::error/m);
  });

  it('compares every list', () => {
    const empty = Object.fromEntries(LISTS.map((list) => [list, []])) as Partial<RegionSnapshot>;
    const gone = diffSnapshots(of({}), of(empty)).changes.filter(({ kind }) => kind === 'removed');
    expect(gone.map(({ list }) => list).sort()).toEqual([...LISTS].sort());
  });
});
