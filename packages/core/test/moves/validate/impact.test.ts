import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Impact, ImpactEntry } from '../../../src/moves/validate/migration.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { NetworkAclEntry } from '../../../src/do/model/routing.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld, standIn } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';

const onAlibaba = (change?: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME, passes: false });
const onAws = (change?: (world: World) => void) => {
  const world = awsMigrationWorld((made) => {
    standIn(made, ['subnet-c']);
    change?.(made);
  });
  return validateMigration(world.snapshot, AWS_MOVE, { clouds: CLOUDS, passes: false });
};

const texts = (impact: readonly Impact[], form: ImpactEntry['form']) =>
  impact.flatMap(({ entries }) => entries.filter((one) => one.form === form).map(({ text }) => text));

/** The second instance is in another vSwitch, so that its calls come from other addresses. */
function moveTo({ the, region }: World): void {
  the('links', 'apigateway-hz-2').subnetIds = ['vsw-i'];
  the('links', 'apigateway-hz-2').securityGroupIds = ['sg-next'];
  region.securityGroups.push({ ...structuredClone(region.securityGroups[0]!), id: 'sg-next', rules: [] });
}

const entry = (order: number, action: 'allow' | 'deny', cidrBlock: string, more: object = {}): NetworkAclEntry => ({
  direction: 'in',
  order,
  action,
  protocol: 'tcp',
  fromPort: 443,
  toPort: 443,
  cidrBlock,
  ...more,
});

describe('the impact table', () => {
  it.each<[string, readonly NetworkAclEntry[], string]>([
    ['before the entry that denies', [entry(50, 'deny', '10.0.3.0/24')], '49 in allow tcp 443 from 10.0.3.0/24'],
    [
      'that is not used',
      [entry(49, 'allow', '10.99.0.0/16'), entry(50, 'deny', '10.0.3.0/24')],
      '48 in allow tcp 443 from 10.0.3.0/24',
    ],
    [
      'before the first of several that deny',
      [entry(40, 'deny', '10.0.3.0/25'), entry(50, 'deny', '10.0.3.0/24')],
      '39 in allow tcp 443 from 10.0.3.0/24',
    ],
    ['if one is free', [entry(1, 'deny', '10.0.3.0/24')], 'before 1: in allow tcp 443 from 10.0.3.0/24'],
    [
      'also for answers',
      [entry(50, 'deny', '10.0.3.0/24', { direction: 'out', fromPort: 32_768, toPort: 65_535 })],
      '49 out allow tcp 1024-65535 to 10.0.3.0/24',
    ],
  ])('gives an entry of a network ACL a number %s', (_, entries, wanted) => {
    const { impact } = onAws(({ region }) => {
      const [acl] = region.networkAcls ?? [];
      if (acl !== undefined) acl.entries = [...entries, ...(acl.entries ?? [])];
    });
    expect(texts(impact, 'network-acl')).toEqual([wanted]);
    const number = /^\d+/.exec(wanted)?.[0];
    expect(texts(impact, 'terraform')[0]).toContain(
      number === undefined ? 'has no free number before 1' : `rule_number    = ${number}\n`,
    );
  });

  it('names the group of the link where the path and the cloud allow rules to name groups', () => {
    const { impact, findings } = onAws(({ the }) => {
      the('securityGroups', 'sg-lb').rules = the('securityGroups', 'sg-lb').rules.filter(
        (rule) => rule.direction === 'out',
      );
    });
    expect(texts(impact, 'security-group')).toEqual(['in tcp 443 from sg-link']);
    expect(texts(impact, 'terraform')[0]).toContain('referenced_security_group_id = "sg-link"');
    expect(findings.find(({ check }) => check === 'path/security-group')?.remedy).toContain('tcp 443 from sg-link');
  });

  it.each<[number, string]>([
    [5, 'in tcp 8080 from 10.0.3.0/24, priority 4'],
    [
      1,
      'change in drop tcp 8080 from 10.0.3.0/24, priority 1 (drop) to priority 2\nin tcp 8080 from 10.0.3.0/24, priority 1',
    ],
  ])('has priority over a drop of priority %i, as in the remedy of the finding', (priority, wanted) => {
    const { impact, findings } = onAlibaba((world) => {
      moveTo(world);
      const own = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080 } as const;
      world.the('securityGroups', 'sg-link').rules = [
        { ...own, id: 'drop', cidrBlock: '10.0.3.0/24', action: 'drop', priority },
        { ...own, id: 'all', cidrBlock: '10.0.0.0/16', action: 'allow', priority: 9 },
      ];
    });
    expect(texts(impact, 'security-group').slice(0, wanted.split('\n').length).join('\n')).toBe(wanted);
    const remedy = findings.find(({ check }) => check === 'path/security-group')?.remedy ?? '';
    expect(remedy).toContain(`tcp 8080 from 10.0.3.0/24 with priority ${Math.max(1, priority - 1)}`);
  });

  it('has Terraform of all backends, without a duplicate resource in one file', () => {
    const { impact } = onAlibaba((world) => {
      moveTo(world);
      world.copy('targets', 'shop-orders', { id: 'shop-more', port: 9090 });
      const uses = ['shop-orders', 'shop-more', 'shop-stock'].map((name, at) => use(`api-${at}`, `ANY /${at}`, name));
      // The instance of shop-orders again, without an authorization.
      const plain = { ...use('api-3', 'ANY /3', ''), targetId: undefined, host: '10.0.20.5', port: 8080 };
      world.the('gateways', 'group-1').uses = [...uses, plain];
    });
    const all = texts(impact, 'terraform').join('\n');
    const named = [...all.matchAll(/^resource "(\S+)" "(\S+)" \{$/gm)].map(([, type, name]) => `${type} ${name}`);
    expect(named).toEqual([
      'alicloud_security_group_rule sg_link_in_8080_10_0_3_0_24',
      'alicloud_security_group_rule sg_link_in_9090_10_0_3_0_24',
      'alicloud_slb_acl_entry_attachment acl_1_10_0_3_0_24',
    ]);
    expect(all).toContain(
      '# alicloud_security_group_rule.sg_link_in_8080_10_0_3_0_24 is declared with i-1:8080 (shop-orders)',
    );
    expect(all).toContain('priority          = 1\n');
  });

  it.each<[boolean, string | undefined]>([
    [true, 'iptables -I INPUT -p tcp -s 10.0.3.0/24 --dport 8080 -j ACCEPT'],
    [false, undefined],
  ])('has a line with the port of instances behind a CLB that preserves the client address (%s)', (sees, wanted) => {
    const { impact } = onAlibaba((world) => {
      moveTo(world);
      world.the('targetGroups', 'lb-1:80').preservesClientAddress = sees;
    });
    const stock = impact.filter(({ backend }) => backend.includes('shop-stock'));
    expect(texts(stock, 'iptables')).toEqual(wanted === undefined ? [] : [wanted]);
    expect(texts(stock, 'json')).toEqual(['["10.0.3.0/24"]']);
  });

  it('has a line for each backend, even where its address is not known', () => {
    const { impact } = onAlibaba((world) => {
      moveTo(world);
      world.region.privateDomains = [{ name: 'orders.internal', addresses: [], linkIds: ['apigateway-hz-1'] }];
      world.the('gateways', 'group-1').uses = [
        { kind: 'route', id: 'a', name: 'GET /a', routeIds: ['a'], stage: 'PRE', host: 'orders.internal', port: 8080 },
        { kind: 'route', id: 'b', name: 'GET /b', routeIds: ['b'], stage: 'PRE', host: 'fd00::1', port: 80 },
      ];
    });
    expect(impact.map(({ backend }) => backend)).toEqual(['orders.internal:8080', '[fd00::1]:80']);
    expect(texts(impact.slice(0, 1), 'nginx')).toEqual(['allow 10.0.3.0/24;']);
  });
});

describe('backends on the public internet', () => {
  const told = (old: string | undefined, next: string | undefined) =>
    onAlibaba(({ the }) => {
      the('links', 'apigateway-hz-1').native = old === undefined ? {} : { internetEgressAddress: old };
      the('links', 'apigateway-hz-2').native = next === undefined ? {} : { internetEgressAddress: next };
      the('gateways', 'group-1').uses = [
        {
          kind: 'route',
          id: 'a',
          name: 'GET /a',
          routeIds: ['a'],
          stage: 'PRE',
          host: '8.8.4.4',
          port: 80,
          scheme: 'http',
        },
        {
          kind: 'route',
          id: 'b',
          name: 'GET /b',
          routeIds: ['b'],
          host: 'api.example.com',
          port: 443,
          scheme: 'https',
        },
      ];
    });

  it('are called from another address, which is a warning and a line of the table each', () => {
    const { impact, findings } = told('47.100.1.1', '47.100.2.2');
    expect(findings.filter(({ check }) => check === 'migrate/egress')).toEqual([
      expect.objectContaining({
        verdict: 'fail',
        severity: 'warning',
        subject: 'backends on the public internet',
        message: 'calls to 8.8.4.4:80, api.example.com:443 will come from 47.100.2.2/32 instead of 47.100.1.1/32',
        remedy: expect.stringContaining(
          'Add 47.100.2.2/32 before the move to any allowlist of 8.8.4.4:80, api.example.com:443',
        ),
      }),
    ]);
    expect(impact.map(({ backend, old, new: next }) => [backend, old, next])).toEqual([
      ['8.8.4.4:80', ['47.100.1.1/32'], ['47.100.2.2/32']],
      ['api.example.com:443', ['47.100.1.1/32'], ['47.100.2.2/32']],
    ]);
    expect(texts(impact, 'iptables')[1]).toBe('iptables -I INPUT -p tcp -s 47.100.2.2/32 --dport 443 -j ACCEPT');
    expect(texts(impact, 'nginx')).toEqual(['allow 47.100.2.2/32;', 'allow 47.100.2.2/32;']);
  });

  it.each<[string, string | undefined, string | undefined, readonly string[]]>([
    ['the same', '47.100.1.1', '47.100.1.1', []],
    ['not known', '47.100.1.1', undefined, ['unknown warning']],
    ['not known before', undefined, '47.100.2.2', ['fail warning']],
  ])('whose address is %s', (_, old, next, wanted) => {
    const said = told(old, next).findings.filter(({ check }) => check === 'migrate/egress');
    expect(said.map(({ verdict, severity }) => `${verdict} ${severity}`)).toEqual(wanted);
  });
});
