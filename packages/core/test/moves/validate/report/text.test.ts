import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Impact, MigrationReport } from '../../../../src/moves/validate/migration.js';
import { migrationMarkdown, migrationText } from '../../../../src/moves/validate/report/document.js';
import { markdownText } from '../../../../src/ground/text/document-markdown.js';
import { validateMigration } from '../../../../src/moves/validate/validate.js';
import { ASSUME, migrationWorld, MOVE, use } from '../world.js';
import { edit } from '../../../check/checks/edits.js';

const IMPACT: Impact = {
  backend: 'i-1:8080 (orders)',
  old: ['100.64.0.0/26'],
  new: ['10.0.0.0/24'],
  entries: [
    {
      form: 'security-group',
      where: 'sg-1',
      text: 'change in drop tcp 8080 from all, priority 1 to priority 2',
      alters: true,
    },
    { form: 'network-acl', where: 'nacl-1', text: '1 in allow tcp 8080 from 10.0.0.0/24' },
    { form: 'access-control-list', where: 'acl-1', text: 'remove 10.0.0.0/16', alters: true },
    { form: 'access-control-list', where: 'acl-1', text: '10.9.0.0/16' },
    { form: 'nginx', where: 'nginx', text: 'allow 10.0.0.0/24;' },
  ],
};
const reportOf = (...impact: readonly Impact[]): MigrationReport => ({
  version: 1,
  findings: [],
  impact,
  gaps: [],
  assumptions: [],
});

describe('the impact table as text', () => {
  it('distinguishes entries to add from entries to alter', () => {
    const lines = migrationText(reportOf(IMPACT), 'a → b').split('\n');
    expect(lines.filter((line) => /^ {4}(?:add|alter)/.test(line))).toEqual([
      '    alter sg-1: change in drop tcp 8080 from all, priority 1 to priority 2',
      '    add   nacl-1: 1 in allow tcp 8080 from 10.0.0.0/24',
      '    alter acl-1: remove 10.0.0.0/16',
      '    add   acl-1: 10.9.0.0/16',
    ]);
  });

  it('has Markdown cells that can be copied unchanged, also from the source', () => {
    const row = migrationMarkdown(reportOf(IMPACT), 'a → b')
      .split('\n')
      .find((line) => line.includes('orders'));
    expect(row).toContain('| `10.0.0.0/24` |');
    expect(row).toContain('<br>`nacl-1: 1 in allow tcp 8080 from 10.0.0.0/24`<br>`acl-1: remove 10.0.0.0/16`<br>');
  });

  it('keeps external text inside its cell', () => {
    const odd = { ...IMPACT, entries: [{ form: 'security-group', where: 'sg-1` | <b>', text: 'a`b' } as const] };
    const row = migrationMarkdown(reportOf(odd), 'a → b')
      .split('\n')
      .find((line) => line.includes('orders'));
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(row).not.toMatch(/(?<!\\)<b>/);
  });

  it.each<[string, Partial<Impact>, string]>([
    ['nothing changes', { entries: [] }, 'nothing'],
    [
      'only other allowlists change',
      { entries: IMPACT.entries.slice(4) },
      'nothing to the lists of the cloud; other allowlists need the new CIDR blocks',
    ],
    ['the new blocks are not known', { entries: [], new: [] }, 'not known'],
  ])('has the same text where %s', (_, change, words) => {
    const report = reportOf({ ...IMPACT, ...change });
    expect(migrationText(report, 'a → b', { width: 200 })).toContain(`add   ${words}\n`);
    expect(migrationMarkdown(report, 'a → b')).toContain(`| ${markdownText(words)} |\n`);
  });
});

describe('messages of a validation', () => {
  const notes = (uses: ReturnType<typeof use>[]) => {
    const world = migrationWorld(edit({ 'links.apigateway-hz-2.subnetIds': ['vsw-i'], 'gateways.group-1.uses': uses }));
    const { findings, impact } = validateMigration(world.snapshot, MOVE, {
      clouds: CLOUDS,
      assume: ASSUME,
      passes: false,
    });
    return { impact, egress: findings.filter(({ check }) => check === 'migrate/egress').map(({ message }) => message) };
  };

  it('use the singular for one backend, and are absent without backends', () => {
    expect(notes([use('api-1', 'ANY /orders', 'shop-orders')]).egress).toEqual([
      'calls to 1 backend will come from 10.0.3.0/24',
    ]);
    expect(notes([])).toEqual({ egress: [], impact: [] });
  });

  it('contact Low: name all blocks of the table, and the new ones among them', () => {
    const world = migrationWorld(({ the }) => {
      the('links', 'apigateway-hz-2').subnetIds = [...the('links', 'apigateway-hz-1').subnetIds, 'vsw-i'];
      the('gateways', 'group-1').uses = [use('api-1', 'ANY /orders', 'shop-orders')];
    });
    const { findings } = validateMigration(world.snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME, passes: false });
    const { message = '', evidence = [] } = findings.find(({ check }) => check === 'migrate/egress') ?? {};
    const blocks = evidence.flatMap(({ kind, id }) => (kind === 'new source' ? [id] : []));
    expect(blocks.length).toBeGreaterThan(1);
    expect(message).toBe(`calls to 1 backend will come from ${blocks.join(', ')}; new: 10.0.3.0/24`);
  });

  it('use the name of an authorization, whatever its backend', () => {
    const world = migrationWorld(({ region, copy, the }) => {
      copy('targets', 'shop-orders', { id: 'by-ip', name: 'plain', kind: 'address', resourceId: '10.0.20.5' });
      the('gateways', 'group-1').uses = [
        use('api-1', 'ANY /orders', 'by-ip'),
        use('api-2', 'ANY /stock', 'shop-stock'),
      ];
      expect(region.targets).toHaveLength(3);
    });
    const { impact } = validateMigration(world.snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME });
    expect(impact.map(({ backend }) => backend)).toEqual(['10.0.20.5:8080 (by-ip)', 'lb-1:80 (shop-stock)']);
  });
});

it('a path that more than one hop stops: is reported for each hop with its own mark and rule', () => {
  const world = migrationWorld(({ the, region }) => {
    the('links', 'apigateway-hz-2').subnetIds = ['vsw-i'];
    const entry = {
      direction: 'in',
      protocol: 'tcp',
      fromPort: 8080,
      toPort: 8080,
      cidrBlock: '10.0.3.0/24',
    } as const;
    const all = {
      protocol: 'all',
      fromPort: -1,
      toPort: -1,
      cidrBlock: '0.0.0.0/0',
      action: 'allow',
      order: 9,
    } as const;
    const entries = [{ ...entry, order: 1, action: 'deny' } as const, { ...all, direction: 'in' } as const];
    region.networkAcls = [
      { id: 'nacl-1', networkId: 'vpc-h', entries: [...entries, { ...all, direction: 'out' }], raw: null },
    ];
    the('subnets', 'vsw-app').networkAclId = 'nacl-1';
    the('securityGroups', 'sg-link').rules = [{ ...entry, id: 'drop', action: 'drop', priority: 5 }];
    the('securityGroups', 'sg-link').intraGroup = 'deny';
  });
  const report = validateMigration(world.snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME, passes: false });
  const text = migrationText(report, 'a → b', { width: 1_000 });
  expect(text).toContain('✗ network ACL in: entry 1 of nacl-1 denies inbound tcp 8080');
  expect(text).toContain('✗ security group in: drop of sg-link drops traffic from');
  expect(text).not.toMatch(/✗ network ACL in: security group in/);
});
