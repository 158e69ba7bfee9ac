import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import fc from 'fast-check';
import { instance } from '@viz-js/viz';
import { describe, expect, it } from 'vitest';
import {
  dotOf,
  graphHtml,
  graphOf as graphInSnapshot,
  graphOfSnapshot,
  graphOfSpec,
  graphsOfMove,
  mermaidOf,
  styledSvg,
  type Graph,
} from '@postern/core/internal/graph';
import { awsRegion, LISTENER } from '../../../core/test/check/checks/aws-region.js';
import { API, largeShop, LINK } from '../../../core/test/check/graph/large-shop.js';
import { longNames, manyLinks } from './blocked-shop.js';
import { svgOf } from './pictures.js';
import { runs, sample } from '../../../core/test/runs.js';

const MARKUP = `<script>alert("1")</script>&amp;\\N\\G"];x->y[label="`;
const CONTROL = '\u001b[31m\u0000\u202e\nline';

const graphOf = (label: string): Graph => ({
  title: label,
  nodes: [
    { id: 'a', kind: 'gateway', label },
    { id: 'b', kind: 'target', label: 'b', detail: label, mark: 'fail', note: label },
  ],
  edges: [{ from: 'a', to: 'b', label, mark: 'fail' }],
});

/** What a reader of an SVG sees. */
function shownIn(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
    .map(([, text = '']) => text)
    .join('\n')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('names with markup and control characters', () => {
  it('are shown as they are in an SVG, and never read', async () => {
    const svg = styledSvg((await instance()).renderString(dotOf(graphOf(MARKUP)), { format: 'svg' }));
    expect(svg).not.toContain('<script');
    expect(shownIn(svg)).toContain(MARKUP.slice(0, 40));
    expect(svg.match(/class="edge/g)).toHaveLength(1);
  });

  it('are escaped in HTML and Mermaid', () => {
    expect(graphHtml(graphOf(MARKUP), '')).not.toContain('<script');
    const lines = mermaidOf(graphOf(MARKUP)).split('\n');
    for (const line of lines.filter((one) => !one.startsWith('%%'))) {
      expect(line).not.toMatch(/<script|"\];|alert\(/);
      expect(line.split('"').length % 2).toBe(1);
    }
  });

  it('are no directive in the title of a Mermaid picture', () => {
    const directive = `%%{init: {'theme': 'dark'}}%%`;
    const [title = '', ...rest] = mermaidOf({ ...graphOf('b'), title: directive }).split('\n');
    expect(title).toMatch(/^%% /);
    expect([title.slice(2), ...rest].join('\n')).not.toMatch(/%%|[{}].*init/);
  });

  it.each(
    sample(
      [
        ['DOT', dotOf],
        ['Mermaid', mermaidOf],
      ],
      3,
    ),
  )('are visible in %s where they control a terminal', (_, write) => {
    const text = write(graphOf(CONTROL));
    expect(text).not.toMatch(/[\u0000\u001b\u202e]/); // oxlint-disable-line no-control-regex -- they are what it looks for
    expect(write === dotOf ? text : text.replaceAll('#92;', '\\')).toContain('x1b');
  });

  // A new instance for each, as in a command: after some labels Graphviz fails on an empty one in the next picture.
  it('of any kind are laid out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (label) => {
        const { errors } = (await instance()).render(dotOf(graphOf(label)), { format: 'svg' });
        expect(errors.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: runs(6, 60) },
    );
  });
});

it('tells marks apart by signs and lines, with a legend', () => {
  const dot = dotOf(graphOf('x'));
  expect(dot).toContain('label="target\\n✗ b\\nx\\nx"');
  expect(dot).toContain('style="rounded,filled,dashed,bold" penwidth=3 color="#a40e26"');
  expect(dot).toContain('✗ blocked');
});

it('keeps subnets of two accounts apart that are looked up by the same name', () => {
  const link = (provider: string, region: string) =>
    `{ provider: ${provider}, region: ${region}, subnets: [{ name: private-a }] }`;
  const spec = parseSpec(
    `version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n  eu: ${link('aws', 'eu-west-1')}\n  us: ${link('aws', 'us-east-1')}\nintegrations: {}\n`,
  );
  expect(graphOfSpec(spec, { clouds: CLOUDS }).nodes.filter(({ kind }) => kind === 'subnet')).toHaveLength(2);
});

describe('a picture of many routes', () => {
  const sizeOf = (svg: string): readonly number[] =>
    [...(/<svg[^>]* width="(\d+)pt" height="(\d+)pt"/.exec(svg) ?? [])]
      .slice(1)
      .map((points) => (Number(points) * 4) / 3);

  it.each([
    ['60 routes to six load balancers', () => largeShop(6, 10, 6)],
    ['300 routes to one', () => largeShop(1, 300, 6)],
    ['300 routes to 150', () => largeShop(150, 2, 6)],
    ['two with long names', longNames],
    ['12 to as many links', manyLinks],
  ])('%s fits a page of 1,400 pixels, and has a bounded height', async (_, shop) => {
    const { snapshot, spec } = shop();
    const move = { gateways: [{ id: API }], from: LINK, to: 'other1' };
    const { before, after } = graphsOfMove(snapshot, move, CLOUDS);
    for (const graph of [
      graphOfSpec(spec, { clouds: CLOUDS }),
      graphOfSnapshot(snapshot, CLOUDS),
      graphInSnapshot(snapshot, spec, { clouds: CLOUDS }),
      before,
      after,
    ]) {
      const [width = Infinity, height = Infinity] = sizeOf(await svgOf(graph, false));
      // A page makes pictures smaller by a fifth at most, and has 50 pixels around them.
      expect(width * 0.8).toBeLessThanOrEqual(1_350);
      expect(height).toBeLessThanOrEqual(2_200);
    }
  });
});

it('shows all of a long name, in bold lines', async () => {
  const { snapshot, spec } = longNames();
  const svg = await svgOf(graphInSnapshot(snapshot, spec, { clouds: CLOUDS }), false);
  for (const name of [
    'ANY /customers/{customerId}/orders/{orderId}/items/{proxy+}',
    'internal-orders-returns-prod-001:80',
  ])
    expect(shownIn(svg).replaceAll(/\s/g, '')).toContain(name.replaceAll(' ', ''));
  expect(svg).toMatch(/class="node route fail( name\d){2,3}"/);
});

describe('a move', () => {
  const region = awsRegion();
  const links = region.links.flatMap((one) => [one, { ...one, id: 'vlink-2' }]);
  const move = { gateways: [{ id: 'api-1' }], from: 'vlink-1', to: 'vlink-2' };
  const linksIn = ({ nodes }: Graph) => nodes.flatMap(({ kind, id }) => (kind === 'link' ? [id] : []));

  it.each(['vlink-1', 'vlink-2'])('has the same pictures when the routes are on %s', (linkId) => {
    const gateways = region.gateways.map((one) => ({
      ...one,
      routes: one.routes.map((route) => ({ ...route, linkId })),
    }));
    const snapshot = {
      version: 1,
      takenAt: '2026-06-01T00:00:00.000Z',
      regions: [{ ...region, links, gateways }],
    } as const;
    const { before, after } = graphsOfMove(snapshot, move, CLOUDS);
    expect([linksIn(before), linksIn(after)]).toEqual([['link vlink-1'], ['link vlink-2']]);
    expect(after.nodes.flatMap(({ id, mark }) => (mark === undefined ? [] : [[id, mark]]))).toEqual([
      ['route api-1 ANY /orders', 'changed'],
    ]);
    const kept = graphsOfMove(snapshot, { ...move, gateways: [{ id: 'api-1', routes: [] }] }, CLOUDS);
    expect(kept.after.nodes.some(({ kind }) => kind === 'route')).toBe(false);
  });

  it('marks a backend of which it is unknown whether calls reach it, and shows the new load balancer', () => {
    const about = [{ kind: 'backend', id: LISTENER, label: '' }];
    const shared = {
      check: 'c',
      code: 'C',
      integration: null,
      subject: '',
      params: {},
      evidence: [],
      message: 'not read',
    };
    const finding = { ...shared, about, verdict: 'unknown', severity: 'error' } as const;
    const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [{ ...region, links }] } as const;
    const open = graphsOfMove(snapshot, { ...move, findings: [finding] }, CLOUDS);
    expect(open.after.nodes.find(({ id }) => id === `target ${LISTENER}`)).toMatchObject({
      mark: 'unknown',
      note: 'not read',
    });
    const other = graphsOfMove(snapshot, { ...move, targetBalancer: 'arn:other' }, CLOUDS);
    expect(other.before.nodes.some(({ id }) => id === `target ${LISTENER}`)).toBe(true);
    expect(other.after.nodes.some(({ id }) => id === 'target arn:other')).toBe(true);
  });
});
