import { describe, it, expect } from 'vitest';
import { linkAdopted } from '../../../../src/check/checks/link/adopted.js';
import { linkExists } from '../../../../src/check/checks/link/exists.js';
import { CHECKS, named } from '../all-checks.js';
import { BALANCER } from '../aws-region.js';
import { useLinkV1, restV1World, newV1World, restV1 } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, awsWorld, aws, withhold, copy } from '../world.js';
import { edit } from '../edits.js';

const linkLoadBalancer = named('link/load-balancer');

const balancer = (changes: object) => edit({ 'loadBalancers.orders-alb': changes });

/** Another link V1 to the load balancer. */
const used = (state: 'ready' | 'failed') =>
  edit({ 'links.+': { ...awsWorld(useLinkV1).the('links', 'vlink-1'), id: 'old001', name: 'old', state } });

describe('link/load-balancer', () => {
  checkTable(linkLoadBalancer, {
    'a link V2 is in subnets': [aws(), 'nothing'],
    'an existing link': [restV1(), 'pass FITS', { evidence: BALANCER }],
    'a link that is to be created': [() => newV1World(), 'pass FITS', 'not created yet'],
    'an application load balancer': [
      () => newV1World(balancer({ kind: 'application' })),
      'error NOT_NETWORK',
      {
        subject: 'link eu',
        says: 'kind application',
        evidence: BALANCER,
        remedy: 'Put a network load balancer in front of orders-alb',
      },
    ],
    'a load balancer that is being created': [
      () => newV1World(balancer({ active: false, state: 'provisioning' })),
      'error NOT_ACTIVE',
      { says: 'is provisioning', remedy: 'Wait until orders-alb is active' },
    ],
    'the load balancer of an existing link: target/balancer-active reports its state': [
      restV1(balancer({ active: false, state: 'failed' })),
      'pass FITS',
    ],
    'another link leads to the load balancer': [
      () => newV1World(used('ready')),
      'error IN_USE',
      { evidence: 'old001', remedy: 'id: old001' },
    ],
    'a link that failed is associated with nothing': [() => newV1World(used('failed')), 'pass FITS'],
    'the load balancers could not be read': [
      restV1(withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers')),
      'unknown BALANCER_NOT_READ',
      { evidence: 'elasticloadbalancing:DescribeLoadBalancers' },
    ],
    'the links could not be read': [
      () => newV1World(withhold('links', 'apigateway:GET')),
      'unknown LINK_NOT_READ',
      { evidence: 'apigateway:GET' },
    ],
    'the load balancer of the link was not read': [
      restV1({ 'links.vlink-1.loadBalancerIds': undefined }),
      'unknown LINK_NOT_READ',
      { remedy: 'get-vpc-link' },
    ],
  });
});

describe('the other checks of a link V1', () => {
  it.each<[string, () => World]>([
    ['that exists', () => restV1World()],
    ['that is to be created', () => newV1World()],
  ])('evaluate no subnets and groups of a link %s', (_, world) => {
    const said = CHECKS.filter(({ id }) => /^(?:link|cidr|egress)\//.test(id)).flatMap((check) =>
      outcomesOf(check, world()).map(({ verdict }) => `${check.id} ${verdict}`),
    );
    const ids = ['exists', 'adopted', 'load-balancer', 'state', 'quota', 'tags'].map((one) => `link/${one}`);
    const due = [...ids, 'cidr/network-overlap'].map((id) => `${id} pass`);
    expect(said).toEqual(world().region.links.length > 0 ? due : due.filter((one) => !/adopted|state/.test(one)));
  });

  checkTable(linkExists, {
    'the load balancer of the spec does not exist': [
      () => newV1World(edit({ 'linkSpec.loadBalancer': 'nowhere' })),
      'error NOT_RESOLVED',
      'load balancer nowhere',
    ],
  });

  checkTable(linkAdopted, {
    'the load balancer beside the ID is that of the link': [
      restV1({ linkSpec: { kind: 'vpc-link-v1', loadBalancer: BALANCER } }),
      'pass AS_DECLARED',
      { evidence: 'vlink-1' },
    ],
    'the load balancer beside the ID is another one': [
      restV1(copy('loadBalancers', BALANCER, { id: `${BALANCER}2`, name: 'other' }), {
        linkSpec: { kind: 'vpc-link-v1', loadBalancer: 'other' },
      }),
      'error DIFFERENT',
      'loadBalancer of link vlink-1',
    ],
  });
});
