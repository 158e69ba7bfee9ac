import { describe, expect, it } from 'vitest';
import { sample } from '../../runs.js';
import { check } from '../../../src/check/checks/run.js';
import type { Report } from '../../../src/do/findings/finding.js';
import { reportMarkdown } from '../../../src/check/report/markdown.js';
import { reportText } from '../../../src/check/report/text.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { largeShop } from '../graph/large-shop.js';
import { CLOUDS } from '../../clouds.js';

/** What `check` reports of integrations on one link, after a change of the region. */
function reportOf(integrations: number, change: (region: RegionSnapshot) => Partial<RegionSnapshot>): Report {
  const { snapshot, spec } = largeShop(integrations, 2);
  const [region] = snapshot.regions;
  if (region === undefined) throw new Error('no region');
  // The instances of all services are those whose interfaces exist.
  const targetGroups = region.targetGroups?.map((group) => ({
    ...group,
    targets: group.targets?.map((one, at) => ({ ...one, id: `i-${at + 1}` })),
  }));
  const whole = { ...region, targetGroups };
  return check({ ...snapshot, regions: [{ ...whole, ...change(whole) }] }, spec, { clouds: CLOUDS });
}

/** Without the rule that lets the link call anything. */
const closed = ({ securityGroups }: RegionSnapshot): Partial<RegionSnapshot> => ({
  securityGroups: securityGroups.map((one) => (one.id === 'sg-link' ? { ...one, rules: [] } : one)),
});

const REMEDY = 'Add an outbound rule to sg-link: tcp 443 to sg-lb.';
const times = (text: string, part: string) => text.replace(/\s+/g, ' ').split(part).length - 1;

describe('one cause on a shared link', () => {
  it.each(sample([2, 40, 120], 2))('is told once for %d integrations, with their names', (count) => {
    const report = reportOf(count, closed);
    const errors = report.findings.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error');
    expect(errors).toHaveLength(count);
    const text = reportText(report);
    expect(times(text, REMEDY)).toBe(1);
    expect(text).toContain('Several integrations\n');
    expect(text.replace(/\s+/g, ' ')).toMatch(/; likewise service-1 \(service-1-alb\)/);
    if (count > 5) expect(text.replace(/\s+/g, ' ')).toContain(` and ${count - 4} more`);
    expect(text).toContain(`\n1 error (on ${count} targets), `);
    expect(times(reportMarkdown(report), 'tcp 443 to sg')).toBe(1);
    expect(reportMarkdown(report)).toContain('### Several integrations');
  });

  it('is told once below its integration where only one has it', () => {
    const text = reportText(reportOf(1, closed));
    expect(times(text, REMEDY)).toBe(1);
    expect(text).toContain('service-0\n');
    expect(text).not.toContain('Several integrations');
  });

  it('keeps causes apart that have remedies of their own, where fewer than three integrations have them', () => {
    const text = reportText(
      reportOf(2, ({ loadBalancers }) => ({
        loadBalancers: loadBalancers.map((one) => ({ ...one, active: false, state: 'failed' })),
      })),
    );
    expect(text).toContain('service-0\n');
    expect(text).toContain('service-1\n');
  });

  it.each<[string, (region: RegionSnapshot) => Partial<RegionSnapshot>]>(
    sample(
      [
        ['a group of the link that allows nothing', closed],
        [
          'subnets of the link without routes',
          ({ routeTables }) => ({ routeTables: routeTables?.map((one) => ({ ...one, routes: [] })) }),
        ],
        [
          'load balancers that failed',
          ({ loadBalancers }) => ({
            loadBalancers: loadBalancers.map((one) => ({ ...one, active: false, state: 'failed' })),
          }),
        ],
        ['a link that failed', ({ links }) => ({ links: links.map((one) => ({ ...one, state: 'failed' as const })) })],
        ['no link', () => ({ links: [] })],
        ['no gateway', () => ({ gateways: [] })],
        [
          'open routes',
          ({ gateways }) => ({
            gateways: gateways.map((one) => ({
              ...one,
              routes: one.routes.map((route) => ({ ...route, open: true })),
            })),
          }),
        ],
        ['no routes', ({ gateways }) => ({ gateways: gateways.map((one) => ({ ...one, routes: [] })) })],
        [
          'unhealthy targets',
          ({ targetGroups }) => ({
            targetGroups: targetGroups?.map((one) => ({
              ...one,
              targets: one.targets?.map((target) => ({ ...target, health: 'unhealthy' as const })),
            })),
          }),
        ],
        ['no targets', ({ targetGroups }) => ({ targetGroups: targetGroups?.map((one) => ({ ...one, targets: [] })) })],
        [
          'groups of the load balancers allow nothing',
          ({ securityGroups }) => ({
            securityGroups: securityGroups.map((one) => (one.id === 'sg-lb' ? { ...one, rules: [] } : one)),
          }),
        ],
        [
          'an ACL that denies all',
          ({ networkAcls }) => ({ networkAcls: networkAcls?.map((one) => ({ ...one, entries: [] })) }),
        ],
        ['listeners gone', () => ({ targets: [] })],
        [
          'groups not read',
          ({ gaps }) => ({
            securityGroups: [],
            gaps: [
              ...gaps,
              {
                what: 'security groups',
                operation: 'DescribeSecurityGroups',
                code: 'PERMISSION_DENIED',
                permission: 'ec2:DescribeSecurityGroups',
                of: 'securityGroups',
              },
            ],
          }),
        ],
      ],
      6,
    ),
  )('of 100 integrations is short: %s', (_, change) => {
    const text = reportText(reportOf(100, change));
    expect(text.split('\n').length).toBeLessThan(30);
  });
});
