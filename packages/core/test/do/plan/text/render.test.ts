import { describe, expect, it } from 'vitest';
import { planText } from '../../../../src/do/plan/text/render.js';
import { FakeCloud } from '../../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec } from '../../../fake-run.js';

function smallCloud(): FakeCloud {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  cloud.listener('orders', 443);
  return cloud;
}

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

describe('contact M14: a plan in color', () => {
  it('colors creations, changes and deletions, and changes no text', async () => {
    const plan = await planOf(smallCloud(), smallSpec());
    const painted = planText(plan, { paint: (style, text) => `<${style}>${text}</${style}>` });
    expect(painted).toMatch(/ {2}<pass>\+ create link [^<]+<\/pass>: /);
    expect(painted.replace(/<\/?(?:pass|heading|warning|error)>/g, '')).toBe(planText(plan));
  });
});
