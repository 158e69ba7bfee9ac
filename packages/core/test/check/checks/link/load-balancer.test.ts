import { describe, it, expect } from 'vitest';
import { linkAdopted } from '../../../../src/check/checks/link/adopted.js';
import { linkExists } from '../../../../src/check/checks/link/exists.js';
import { CHECKS, named } from '../all-checks.js';
import { BALANCER } from '../aws-region.js';
import { useLinkV1, restV1World, newV1World } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

const linkLoadBalancer = named('link/load-balancer');

const balancer =
  (changes: object) =>
  ({ the }: World): void => {
    Object.assign(the('loadBalancers', BALANCER), changes);
  };

/** Another link V1 to the load balancer. */
const used =
  (state: 'ready' | 'failed') =>
  ({ region }: World): void => {
    const other = awsWorld(useLinkV1).the('links', 'vlink-1');
    region.links.push({ ...other, id: 'old001', name: 'old', state });
  };

describe('link/load-balancer', () => {
  checkTable(linkLoadBalancer, [
    { why: 'a link V2 is in subnets', world: () => awsWorld(), verdict: 'nothing' },
    { why: 'an existing link', world: () => restV1World(), verdict: 'pass', evidence: [BALANCER] },
    { why: 'a link that is to be created', world: () => newV1World(), verdict: 'pass', says: ['not created yet'] },
    {
      why: 'an application load balancer',
      world: () => newV1World(balancer({ kind: 'application' })),
      verdict: 'fail',
      code: 'NOT_NETWORK',
      severity: 'error',
      subject: 'link eu',
      says: ['kind application'],
      evidence: [BALANCER],
      remedy: ['Put a network load balancer in front of orders-alb'],
    },
    {
      why: 'a load balancer that is being created',
      world: () => newV1World(balancer({ active: false, state: 'provisioning' })),
      verdict: 'fail',
      code: 'NOT_ACTIVE',
      says: ['is provisioning'],
      remedy: ['Wait until orders-alb is active'],
    },
    {
      why: 'the load balancer of an existing link: target/balancer-active reports its state',
      world: () => restV1World(balancer({ active: false, state: 'failed' })),
      verdict: 'pass',
    },
    {
      why: 'another link leads to the load balancer',
      world: () => newV1World(used('ready')),
      verdict: 'fail',
      code: 'IN_USE',
      severity: 'error',
      evidence: ['old001'],
      remedy: ['id: old001'],
    },
    { why: 'a link that failed is associated with nothing', world: () => newV1World(used('failed')), verdict: 'pass' },
    {
      why: 'the load balancers could not be read',
      world: () =>
        restV1World(({ withhold }) => withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers')),
      verdict: 'unknown',
      code: 'BALANCER_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
    {
      why: 'the links could not be read',
      world: () =>
        newV1World(({ withhold }) => {
          withhold('links', 'apigateway:GET');
        }),
      verdict: 'unknown',
      code: 'LINK_NOT_READ',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the load balancer of the link was not read',
      world: () => restV1World(({ the }) => delete the('links', 'vlink-1').loadBalancerIds),
      verdict: 'unknown',
      code: 'LINK_NOT_READ',
      remedy: ['get-vpc-link'],
    },
  ]);
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

  checkTable(linkExists, [
    {
      why: 'the load balancer of the spec does not exist',
      world: () => newV1World(({ linkSpec }) => void (linkSpec.loadBalancer = 'nowhere')),
      verdict: 'fail',
      code: 'NOT_RESOLVED',
      says: ['load balancer nowhere'],
    },
  ]);

  checkTable(linkAdopted, [
    {
      why: 'the load balancer beside the ID is that of the link',
      world: () =>
        restV1World(({ linkSpec }) => Object.assign(linkSpec, { kind: 'vpc-link-v1', loadBalancer: BALANCER })),
      verdict: 'pass',
      evidence: ['vlink-1'],
    },
    {
      why: 'the load balancer beside the ID is another one',
      world: () =>
        restV1World(({ linkSpec, copy }) => {
          copy('loadBalancers', BALANCER, { id: `${BALANCER}2`, name: 'other' });
          Object.assign(linkSpec, { kind: 'vpc-link-v1', loadBalancer: 'other' });
        }),
      verdict: 'fail',
      code: 'DIFFERENT',
      says: ['loadBalancer of link vlink-1'],
    },
  ]);
});
