import { CLOUDS, parseSpec } from '../../clouds.js';
import { expect, it } from 'vitest';
import { graphOfExplanations, graphOfSpec, type Graph } from '../../../src/internal/graph.js';
import type { Hop } from '../../../src/do/findings/explanation.js';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:';

function pathOf(hop: Partial<Hop>): Graph {
  const only: Hop = {
    hop: 'security group in',
    verdict: 'fail',
    kind: 'security group',
    id: 'sg-1',
    text: 'no',
    ...hop,
  };
  return graphOfExplanations([
    {
      integration: 'orders',
      route: 'ANY /orders',
      target: 'orders',
      link: 'eu',
      verdict: only.verdict,
      paths: [{ from: `${ARN}loadbalancer/app/orders/1`, to: '10.0.0.1:80', verdict: only.verdict, hops: [only] }],
      assumptions: [],
    },
  ]);
}

const hopIn = ({ nodes }: Graph) => nodes.find(({ kind }) => kind === 'hop');

it('shows why a hop stops a packet once', () => {
  const because = 'no rule of sg-1 allows inbound tcp 80 from 10.0.1.0/24';
  expect(hopIn(pathOf({ text: 'no inbound rule for tcp 80', because }))).toMatchObject({
    detail: undefined,
    note: because,
  });
  expect(hopIn(pathOf({ id: 'eu', text: because, because }))).toMatchObject({ detail: undefined, note: because });
});

it('shows the rule that decides where the reason does not name it', () => {
  const hop = { id: 'acl-1', text: '100 in deny all', because: 'an entry denies tcp 80' };
  expect(hopIn(pathOf(hop))).toMatchObject({ detail: 'acl-1: 100 in deny all', note: hop.because });
  expect(hopIn(pathOf({ verdict: 'pass', text: 'in tcp 80' }))).toMatchObject({ detail: 'sg-1: in tcp 80' });
});

it('shows of an ARN what differs', () => {
  expect(pathOf({}).nodes.map(({ label }) => label)).toContain('loadbalancer/app/orders/1');
  const listener = (id: string) => `${ARN}listener/app/shop-alb/50dc6c495c0c9188/${id}`;
  const { nodes } = graphOfSpec(
    parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, id: a1b2c3 }
integrations:
  orders:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { a: { listener: '${listener('f2f7dc8efc522ab2')}' }, b: { listener: '${listener('a2f7dc8efc522ab3')}' } }
    routes: { 'ANY /a': a, 'ANY /b': b }
`),
    { clouds: CLOUDS },
  );
  expect(nodes.flatMap(({ kind, detail }) => (kind === 'target' ? [detail] : []))).toEqual([
    'shop-alb (listener f2f7dc8efc522ab2)',
    'shop-alb (listener a2f7dc8efc522ab3)',
  ]);
});
