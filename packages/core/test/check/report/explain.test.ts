import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/check/checks/explain.js';
import type { Explanation, Hop } from '../../../src/do/findings/explanation.js';
import { explainText } from '../../../src/check/report/explain.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { awsWorld, type World } from '../checks/world.js';
import { hostileText, RUNS } from './sample.js';
import { CLOUDS } from '../../clouds.js';

const HOPS: readonly Hop[] = [
  { hop: 'security group out', verdict: 'pass', kind: 'rule', id: 'sgr-1', text: 'out tcp 443 to 10.0.0.0/8' },
  {
    hop: 'route',
    verdict: 'fail',
    kind: 'route',
    id: 'rtb-1',
    text: '10.20.0.0/16 → pcx-1 (blackhole)',
    because: 'the peering is gone',
    remedy: 'Remove the route, or make the peering again.',
  },
];
const ONE: Explanation = {
  integration: 'orders',
  route: 'ANY /orders',
  target: 'orders',
  link: 'eu',
  verdict: 'fail',
  paths: [{ from: 'subnet-a (10.0.1.0/24)', to: '10.20.1.7:443', verdict: 'fail', hops: HOPS }],
  assumptions: [{ path: 'assume.returnPaths[0]', text: '192.168.0.0/16 answers' }],
};

describe('the text of explanations', () => {
  it('shows each hop with its mark, and the rule beside it; routes with one target share their paths', () => {
    expect(explainText([ONE, { ...ONE, route: 'GET /stock' }]))
      .toBe(`orders: ANY /orders, GET /stock → target orders by link eu: calls do not arrive

  subnet-a (10.0.1.0/24) → 10.20.1.7:443
    ✓ security group out  sgr-1: out tcp 443 to 10.0.0.0/8
    ✗ route               rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)
        the peering is gone
        → Remove the route, or make the peering again.

  assumed assume.returnPaths[0]: 192.168.0.0/16 answers
`);
  });

  it('shows the addresses by which routes are called over custom domains', () => {
    const calledBy = ['https://api.example.com/orders'];
    expect(explainText([{ ...ONE, calledBy, paths: [], assumptions: [] }])).toBe(
      `orders: ANY /orders → target orders by link eu: calls do not arrive

  called by https://api.example.com/orders
`,
    );
  });

  it('of paths that decide alike one is shown in full, of others with --all', () => {
    const path = (from: string, verdict: 'pass' | 'fail', id: string): (typeof ONE.paths)[number] => ({
      from,
      to: '10.20.1.7:443',
      verdict,
      hops: [{ hop: 'route', verdict, kind: 'route', id, text: `${id} leads there` }],
    });
    const paths = [
      path('a', 'pass', 'rtb-1'),
      path('b', 'pass', 'rtb-2'),
      path('c', 'fail', 'rtb-3'),
      path('d', 'fail', 'rtb-4'),
    ];
    const shown = explainText([{ ...ONE, paths, assumptions: [] }]);
    expect(shown).toContain('    ✓ route  rtb-1 leads there\n  likewise b → 10.20.1.7:443\n');
    expect(shown).not.toContain('rtb-2');
    // Two paths that stop at different rules are two problems.
    expect(shown).toContain('✗ route  rtb-3');
    expect(shown).toContain('✗ route  rtb-4');
    // An open path with many hops is a summary of them.
    const hops = Array.from({ length: 7 }, (_, at): Hop => ({ ...HOPS[0]!, hop: `hop ${at}`, id: `rule-${at}` }));
    const open = { ...ONE, paths: [{ ...path('a', 'pass', 'rtb-1'), hops }], assumptions: [] };
    expect(explainText([open])).toContain('  a → 10.20.1.7:443\n    ✓ 7 hops pass: hop 0, hop 1,');
    expect(explainText([open])).not.toContain('rule-3');
    expect(explainText([open], { all: true })).toContain('✓ hop 3  rule-3');
    const all = explainText([{ ...ONE, paths, assumptions: [] }], { all: true });
    for (const id of ['rtb-1', 'rtb-2', 'rtb-3', 'rtb-4']) expect(all).toContain(`${id} leads there`);
    expect(all).not.toContain('likewise');
  });

  it('shows hops behind a load balancer below one line, and keeps the columns', () => {
    const hop = (name: string, text: string): Hop => ({ hop: name, verdict: 'pass', kind: 'rule', id: 'x-1', text });
    const hops = [
      hop('security group out', 'out tcp 443'),
      hop('load balancer to 10.20.1.10: network ACL out, answer', 'allow all'),
      hop('load balancer to 10.20.1.10: route', 'local'),
      hop('route, answer', 'local'),
    ];
    const text = explainText([{ ...ONE, paths: [{ ...ONE.paths[0]!, hops }], assumptions: [] }], { width: 80 });
    expect(text).toContain(`
    ✓ security group out       x-1: out tcp 443
    load balancer to 10.20.1.10 (the path to one target is shown):
      ✓ network ACL out, answer  x-1: allow all
      ✓ route                    x-1: local
    ✓ route, answer            x-1: local
`);
  });

  it('names few of many routes, and breaks the line that does', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ ...ONE, route: `GET /orders/${at}/items/{proxy+}` }));
    const lines = explainText(many, { width: 80 }).split('\n');
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.slice(0, 3).join(' ')).toMatch(/GET \/orders\/0\/items.* more/);
  });

  it('shows the part of an ARN that names the resource', () => {
    const id = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc/f2f7';
    const hops: readonly Hop[] = [{ hop: 'listener', verdict: 'pass', kind: 'listener', id, text: 'HTTPS 443' }];
    expect(explainText([{ ...ONE, paths: [{ ...ONE.paths[0]!, hops }] }])).toContain(
      '✓ listener  listener/app/orders/50dc/f2f7: HTTPS 443\n',
    );
  });

  it('text that a line break moves to the start of a line is not a command', () => {
    const because = `${'word '.repeat(8)}::error::x`;
    const hops = HOPS.map((hop) => ({ ...hop, because }));
    const shown = explainText([{ ...ONE, paths: [{ ...ONE.paths[0]!, hops }] }], { width: 50 });
    expect(shown).toContain('\n        \\::error::x\n');
  });

  it('external text does not control a terminal or a CI system', () => {
    const text = hostileText();
    const hop = fc.record({
      hop: text,
      verdict: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const),
      kind: text,
      id: text,
      text,
      because: text,
      remedy: text,
    });
    fc.assert(
      fc.property(text, fc.array(hop, { maxLength: 3 }), fc.integer({ min: 10, max: 100 }), (name, hops, width) => {
        const shown = explainText(
          [
            {
              ...ONE,
              integration: name,
              route: name,
              link: name,
              paths: [{ from: name, to: name, verdict: 'fail', hops }],
            },
          ],
          { width },
        );
        expect(shown).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
        expect(shown).not.toMatch(/^\s*::[A-Za-z]/m);
        expect(shown).not.toMatch(/##\w*\[/);
      }),
      RUNS,
    );
  });
});

describe('explain', () => {
  const of = (
    options: { integration: string; route?: string },
    change?: (world: World) => void,
  ): readonly Explanation[] => {
    const { snapshot, spec } = awsWorld(change);
    return explain(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, ...options });
  };
  it('explains an integration, or one of its routes', () => {
    expect(of({ integration: 'orders' })).toMatchObject([{ route: 'ANY /orders', target: 'orders', verdict: 'pass' }]);
    expect(of({ integration: 'orders', route: 'ANY /orders' })).toHaveLength(1);
    expect(of({ integration: 'orders', route: 'GET /orders' })).toMatchObject([{ route: 'ANY /orders' }]);
  });
  it('evaluates this integration only: problems of others do not matter', () => {
    const explained = of({ integration: 'orders' }, ({ spec, linkSpec }) => {
      spec.links['far'] = { ...linkSpec, region: 'eu-central-1' };
      spec.integrations['far'] = { ...spec.integrations['orders']!, link: 'far' };
    });
    expect(explained).toMatchObject([{ verdict: 'pass' }]);
  });
  it.each([
    [{ integration: 'order' }, 'Did you mean orders?'],
    [{ integration: 'constructor' }, 'Write one of those it has: orders.'],
    [{ integration: 'orders', route: 'ANY /order' }, 'Did you mean ANY /orders?'],
  ])('%j is refused', (options, remedy) => {
    expect(() => of(options)).toThrow(expect.objectContaining({ code: 'UNKNOWN_REFERENCE', remedy }) as Error);
  });
});
