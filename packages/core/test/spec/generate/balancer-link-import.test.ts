import { CLOUDS, parseSpec } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { diff } from '../../../src/do/plan/diff.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { imported, link, NLB, NLB_LISTENER, restApi, route, stepsOf, world } from './rest-world.js';

const V1 = link({ id: 'v1link', kind: 'vpc-link-v1' }, 'nlb');
const PLACE = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };

/** The snapshot with the NLB changed, or without it. */
function withBalancer(snapshot: Snapshot, name: string | undefined): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    loadBalancers: region.loadBalancers.flatMap((one) =>
      one.id !== NLB ? [one] : name === undefined ? [] : [{ ...one, name }],
    ),
  }));
  return { ...snapshot, regions };
}

describe('the import of a VPC link V1', () => {
  it('names the load balancer of a managed one', () => {
    const snapshot = world({ links: [V1], gateways: [] });
    const { spec, text } = imported(snapshot);
    expect(spec.links).toEqual({ nlb: { ...PLACE, kind: 'vpc-link-v1', loadBalancer: 'orders-nlb', tags: {} } });
    expect(text).not.toContain('kind:');
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('names the ID and the kind of one that others manage', () => {
    const snapshot = world({ links: [link({ id: 'x1y2z3', kind: 'vpc-link-v1', name: 'theirs' })], gateways: [] });
    const { spec } = imported(snapshot);
    expect(spec.links).toEqual({
      theirs: { ...PLACE, kind: 'vpc-link-v1', id: 'x1y2z3', owner: 'external', tags: {} },
    });
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('keeps name and tags', () => {
    const named = { ...V1, name: 'orders-prod', tags: { ...V1.tags, team: 'a' } };
    const snapshot = world({ links: [named], gateways: [] });
    const { spec } = imported(snapshot);
    expect(spec.links['nlb']).toMatchObject({ name: 'orders-prod', tags: { team: 'a' } });
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('names the load balancer by its ARN where another one has its name', () => {
    const snapshot = withBalancer(world({ links: [V1], gateways: [] }), 'orders-alb');
    const { spec } = imported(snapshot);
    expect(spec.links['nlb']?.loadBalancer).toBe(NLB);
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('names the load balancer by its ARN where it was not read', () => {
    const snapshot = world({ links: [V1], gateways: [] });
    const { spec } = imported(withBalancer(snapshot, undefined));
    expect(spec.links['nlb']?.loadBalancer).toBe(NLB);
    // A plan reads what the spec names.
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('is by ID where the load balancer does not exist any more', () => {
    const snapshot = withBalancer(world({ links: [V1], gateways: [], whole: ['loadBalancers'] }), undefined);
    const { spec } = imported(snapshot);
    expect(spec.links['nlb']).toEqual({ ...PLACE, kind: 'vpc-link-v1', id: 'v1link', tags: {} });
    expect(stepsOf(snapshot, spec)).toEqual([]);
  });

  it('is kept apart from a V2 link with the same ID', () => {
    const v2 = link({ id: 'same', kind: 'vpc-link-v2' }, 'main');
    const v1 = link({ id: 'same', kind: 'vpc-link-v1' }, 'nlb');
    const messages = { linkId: 'same', targetId: NLB_LISTENER, tls: undefined };
    const gateways = [
      restApi([route('send', messages, 'messages')], [], { id: 'w1', kind: 'websocket-api' }),
      restApi([route('GET /a', { linkId: 'same' }, 'orders')], [], { id: 'h1', kind: 'http-api' }),
    ];
    const { integrations } = imported(world({ links: [v2, v1], gateways })).spec;
    expect([integrations['messages']?.link, integrations['orders']?.link]).toEqual(['nlb', 'main']);
  });

  it('is found by its name, also where a V2 link has that name', () => {
    const links = [
      link({ id: 'a1', kind: 'vpc-link-v2', name: 'twin' }),
      link({ id: 'b2', kind: 'vpc-link-v1', name: 'twin' }),
    ];
    const snapshot = world({ links, gateways: [] });
    const of = (kind: string) =>
      parseSpec(
        `version: 1\nproject: shop\nlinks:\n  twin: { provider: aws, region: eu-west-1, owner: external${kind} }\n`,
      );
    const found = (kind: string) => diff(snapshot, of(kind), { clouds: CLOUDS }).unchanged;
    expect(found(', kind: vpc-link-v1')).toBe(1);
    expect(found(', kind: vpc-link-v2')).toBe(1);
    expect(() => found('')).toThrow(expect.objectContaining({ code: 'AMBIGUOUS' }));
  });
});
