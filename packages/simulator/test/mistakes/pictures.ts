import { CLOUDS } from '../../../core/test/clouds.js';
import type { Finding, Snapshot } from '@postern/core/internal/library';
import type * as graph from '@postern/core/internal/graph';
import { awsRegion, LISTENER } from '../../../core/test/check/checks/aws-region.js';
import type { Scenario } from './data-path.js';
import { mistakesIn } from '../mistakes-in.js';

/** `@postern/core/graph`, of the source or with a mistake planted in it. */
export type Graphs = typeof graph;

/** An account with a second link, and a name that ends a label where it is not escaped. */
function account(): Snapshot {
  const region = awsRegion();
  const links = region.links.flatMap((link) => [link, { ...link, id: 'vlink-2', name: 'new' }]);
  const gateways = region.gateways.map((one) => ({ ...one, name: 'orders"]; x -> y [label="' }));
  return { version: 1, takenAt: '2026-11-22T00:00:00.000Z', regions: [{ ...region, links, gateways }] };
}

const BLOCKED: Finding = {
  check: 'path/security-group',
  code: 'BLOCKED',
  verdict: 'fail',
  severity: 'error',
  integration: null,
  about: [
    { kind: 'link', id: 'vlink-2', label: 'link vlink-2' },
    { kind: 'target', id: LISTENER, label: 'target orders' },
  ],
  subject: 'link vlink-2 → target orders',
  params: {},
  message: 'no rule allows it',
  evidence: [],
};

const file = (name: string): string => `core/src/check/graph/${name}`;

/** The pictures of a move whose backend would not be reached. */
export const PICTURES: Scenario<Graphs> = {
  title: 'the pictures of a move',
  run: ({ dotOf, graphsOfMove, legendOf }) => {
    const move = { gateways: [{ id: 'api-1' }], from: 'vlink-1', to: 'vlink-2', findings: [BLOCKED] };
    const { before, after } = graphsOfMove(account(), move, CLOUDS);
    const linksOf = ({ nodes }: graph.Graph) => nodes.flatMap(({ kind, id }) => (kind === 'link' ? [id] : []));
    const blocked = dotOf(after)
      .split('\n')
      .filter((line) => line.includes('fail"') && line.includes('label="load balancer'));
    return Promise.resolve({
      links: [linksOf(before), linksOf(after)],
      marks: [before, after].map(({ nodes }) => nodes.flatMap(({ mark }) => mark ?? [])),
      blocked: blocked.map((line) => [
        line.includes('✗ '),
        line.includes('dashed'),
        line.includes('no rule allows it'),
      ]),
      isEscaped: dotOf(before).includes(String.raw`orders\"]; x`),
      legend: legendOf(after),
    });
  },
  wanted: {
    links: [['link vlink-1'], ['link vlink-2']],
    // The route and the load balancer.
    marks: [[], ['fail', 'fail']],
    blocked: [[true, true, true]],
    isEscaped: true,
    legend: '✗ blocked',
  },
  mistakes: [
    ...mistakesIn(file('of-move.ts'), [
      [
        'pictures: the state after a move is shown as that before it',
        'addRegion(before, onLink(region, move, move.from), clouds);',
        'addRegion(before, onLink(region, move, move.to), clouds);',
      ],
    ]),
    ...mistakesIn(file('builder.ts'), [
      ['pictures: what a finding blocks is not marked', '{ ...node, mark: worse, note }', '{ ...node, note }'],
    ]),
    ...mistakesIn(file('merge.ts'), [
      [
        'pictures: a later mark replaces a worse one',
        'ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b',
        'ORDER.indexOf(a) <= ORDER.indexOf(b) ? b : a',
      ],
    ]),
    ...mistakesIn(file('dot.ts'), [
      [
        'pictures: what is blocked has the line of all else',
        "fail: ['dashed,bold', ' penwidth=3'],",
        "fail: ['bold', ' penwidth=3'],",
      ],
      ['pictures: quotes in names end a label', `.replaceAll('"', '\\\\"')`, ''],
    ]),
  ],
};
