import { describe, expect, it } from 'vitest';
import type { Step, Unit } from '../../../../src/do/plan/plan.js';
import { planText } from '../../../../src/do/plan/text/render.js';
import { smallCloud } from '../../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec } from '../../../fake-run.js';

describe('planText', () => {
  it('shows units, steps, reasons, changes and a count', async () => {
    const cloud = smallCloud();
    expect(planText(await planOf(cloud, smallSpec({ links: { eu: linkSpec({ allowlist: ['10.0.0.0/8'] }) } })))).toBe(
      [
        'link:eu (aws eu-west-1, account 111122223333)',
        '  + create link eu: it does not exist yet',
        '      subnets: subnet-1a',
        '      securityGroups: sg-1',
        '      allowlist: 10.0.0.0/8 tcp 443',
        '',
        'integration:orders (aws eu-west-1, account 111122223333, after link:eu)',
        '  + create route ANY /orders on api-1: the gateway has no such route',
        '      target: orders:443',
        '',
        '2 to create; 0 unchanged.',
        '',
      ].join('\n'),
    );
    await runSpec(cloud, smallSpec());
    expect(planText(await planOf(cloud, smallSpec()))).toBe('No changes; 2 unchanged.\n');
    expect(planText(await planOf(cloud, smallSpec({ links: { eu: linkSpec({ name: 'b' }) } })))).toContain(
      '      name: eu → b\n',
    );
  });

  it('shows a part of a long plan: what is deleted or replaced, some of the rest, and how many are left out', async () => {
    const { units, ...plan } = await planOf(smallCloud(), smallSpec());
    const [link, integration] = units as [Unit, Unit];
    const [route] = integration.steps as [Step];
    const steps = Array.from({ length: 10_000 }, (_, at): Step => ({ ...route, id: `create route GET /${at}` }));
    const removed = { ...route, id: 'delete route GET /old', kind: 'delete' } as const;
    const long = { ...plan, units: [link, { ...integration, steps: [...steps, removed] }] };
    const text = planText(long, { most: 100 });
    expect(text.split('\n').filter((line) => /^ {2}[+-]/.test(line))).toHaveLength(5);
    expect(text).toContain('  - delete route GET /old: ');
    expect(text).toContain('    and 9997 more routes to create\n');
    expect(text).toContain('Shown are 5 of 10002 changes: `postern plan --full` lists all.\n');
    expect(text).toContain('10001 to create, 1 to delete; ');
    expect(planText(long).split('\n').length).toBeGreaterThan(20_000);
    const many = {
      ...plan,
      units: Array.from({ length: 380 }, (_, at) => ({ ...integration, id: `integration:i${at}` })),
    };
    const units380 = planText(many, { most: 100 });
    expect(units380.split('\n').filter((line) => line.startsWith('integration:'))).toHaveLength(100);
    expect(units380).toContain('Shown are 100 of 380 changes; 280 more units not shown: ');
  });

  it('escapes names from the cloud and the spec', async () => {
    const cloud = smallCloud();
    cloud.addLink({
      subnetIds: ['subnet-1a'],
      tags: { 'postern:project': 'shop', 'postern:integration': 'eu' },
      id: 'vl-\u001b[31m',
    });
    cloud.addRoute('api-1', 'GET /\u202e\n::set-env x');
    const text = planText(await planOf(cloud, smallSpec()));
    for (const hidden of ['\u001b', '\u202e']) expect(text).not.toContain(hidden);
    expect(text.split('\n').some((line) => line.startsWith('::'))).toBe(false);
    expect(text).toContain(String.raw`vl-\x1b[31m`);
  });
});

it('a plan in color: colors creations, changes and deletions, and changes no text', async () => {
  const plan = await planOf(smallCloud(), smallSpec());
  const painted = planText(plan, { paint: (style, text) => `<${style}>${text}</${style}>` });
  expect(painted).toMatch(/ {2}<pass>\+ create link [^<]+<\/pass>: /);
  expect(painted.replace(/<\/?(?:pass|heading|warning|error)>/g, '')).toBe(planText(plan));
});
