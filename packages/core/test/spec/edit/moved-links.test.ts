import { describe, expect, it } from 'vitest';
import { withMovedLinks as edit, type MovedLinks } from '../../../src/spec/edit/moved-links.js';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { CLOUDS } from '../../clouds.js';
import { LINK, thirdCloud } from '../../do/third-product/tables.js';

const SPEC = `# the shop
links:
  eu: { provider: aws, region: eu-west-1, id: vlink1 } # by hand
  own: { provider: aws, region: eu-west-1, subnets: [subnet-1] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: api1 }
    targets: { t: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'GET /orders': t, 'GET /carts': t }
`;

const V2 = 'vpc-link-v2' as const;
const moved = (more: Partial<MovedLinks> = {}): MovedLinks => ({
  from: { kind: V2, id: 'vlink1' },
  to: { kind: V2, id: 'vlink2' },
  moved: [{ gateway: 'api1', routes: ['GET /orders', 'GET /carts'] }],
  ...more,
});

const withMovedLinks = (text: string, given: MovedLinks, { file }: { readonly file?: string } = {}) =>
  edit(text, given, { clouds: CLOUDS, ...(file === undefined ? {} : { file }) });

describe('withMovedLinks', () => {
  it('replaces the ID of the link, and nothing else', () => {
    expect(withMovedLinks(SPEC, moved())).toEqual({
      text: SPEC.replace('vlink1', 'vlink2'),
      changes: ['links.eu.id: vlink1 → vlink2 (line 3)'],
      left: [],
    });
  });

  it.each([
    ['a quoted ID', SPEC.replace('vlink1', `'vlink1'`), `id: 'vlink2'`],
    [
      'JSON',
      JSON.stringify({
        links: { eu: { id: 'vlink1' } },
        integrations: { o: { link: 'eu', gateway: { httpApi: 'api1' }, routes: {} } },
      }),
      '"id":"vlink2"',
    ],
    [
      'a link inside of the integration',
      SPEC.replace('link: eu', 'link: { provider: aws, id: vlink1 }'),
      '{ provider: aws, id: vlink2 }',
    ],
  ])('keeps the form of %s', (_, text, expected) => {
    expect(withMovedLinks(text, moved()).text).toContain(expected);
  });

  it('quotes an ID that would not be read as a text', () => {
    const { text } = withMovedLinks(SPEC, moved({ to: { kind: V2, id: '123456' } }));
    expect(text).toContain('id: "123456" }');
  });

  it.each([
    [
      'another integration uses the link',
      `${SPEC}  carts: { link: eu, gateway: { httpApi: api2 }, routes: {} }\n`,
      moved(),
      'carts',
    ],
    [
      'a route of the integration did not move',
      SPEC,
      moved({ moved: [{ gateway: 'api1', routes: ['GET /orders'] }] }),
      undefined,
    ],
    ['the link is created by the spec', SPEC.replace('id: vlink1', 'subnets: [subnet-2]'), moved(), undefined],
  ])('leaves the text where %s', (_, text, given, named) => {
    const edited = withMovedLinks(text, given);
    expect(edited).toMatchObject({ text, changes: [] });
    if (named !== undefined) expect(edited.left.join()).toContain(`also carries ${named}, which did not move`);
  });

  it('replaces kind and load balancer where a stage moved to a V2 link', () => {
    const text = `links: { one: { provider: aws, kind: vpc-link-v1, id: v1abc } }
integrations:
  shop:
    link: one
    gateway: { restApi: rest1, stage: prod }
    targets: { t: { listener: { loadBalancer: nlb, port: 80 } } }
    routes: { 'GET /orders': t }
`;
    const given = moved({
      from: { kind: 'vpc-link-v1', id: 'v1abc' },
      moved: [{ gateway: 'rest1', stage: 'prod' }],
      balancer: 'orders-alb',
    });
    expect(withMovedLinks(text, given).changes).toEqual([
      'links.one.kind: vpc-link-v1 → vpc-link-v2 (line 1)',
      'links.one.id: v1abc → vlink2 (line 1)',
      'integrations.shop.targets.t.listener.loadBalancer: nlb → orders-alb (line 6)',
    ]);
    const byArn = text.replace('{ loadBalancer: nlb, port: 80 }', 'arn:x');
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders-alb/50dc6c495c0c9188';
    expect(withMovedLinks(byArn, { ...given, balancer: arn }).left).toEqual([
      'integrations.shop.targets.t.listener is an ARN: write that of the listener of orders-alb.',
    ]);
    const other = { ...given, moved: [{ gateway: 'rest1', stage: 'test' }] };
    expect(withMovedLinks(text, other).changes).toEqual([]);
  });

  it('names the load balancer of targets where the cloud says that they have one', () => {
    const byHand = (name: string) => `is no map: write that of ${name}.`;
    const namesBalancer = { member: 'via', written: (id: string) => id.toUpperCase(), byHand };
    const rope = { form: 'ID', about: 'A rope.', faults: () => [], namesBalancer } as const;
    const set = clouds([{ ...thirdCloud, targets: { ...thirdCloud.targets, rope } }]);
    const text = `links: { one: { provider: third, id: l-1 } }
integrations:
  shop:
    link: one
    gateway: { thirdRouter: r1 }
    targets: { a: { rope: { via: B1 } }, b: { rope: r-1 }, c: { listener: { via: B1 } } }
    routes: { 'GET /orders': a }
`;
    const given = { from: { kind: LINK, id: 'l-1' }, to: { kind: LINK, id: 'l-2' }, moved: [{ gateway: 'r1' }] };
    expect(edit(text, { ...given, balancer: 'b2' }, { clouds: set })).toMatchObject({
      changes: ['links.one.id: l-1 → l-2 (line 1)', 'integrations.shop.targets.a.rope.via: B1 → B2 (line 6)'],
      left: ['integrations.shop.targets.b.rope is no map: write that of B2.'],
    });
  });

  it('refuses a text that is not YAML', () => {
    expect(() => withMovedLinks('links: [', moved(), { file: 'postern.yaml' })).toThrow(
      expect.objectContaining({ code: 'INVALID_YAML' }),
    );
  });
});
