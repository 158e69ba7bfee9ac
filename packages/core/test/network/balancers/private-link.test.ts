import { describe, expect, it } from 'vitest';
import { pathChecks } from '../../../src/checks/path/index.js';
import { BALANCER, GROUP } from '../../checks/aws-region.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld, type World } from '../../checks/world.js';

/** The link as a V1 link to the load balancer of the fixture, made a network load balancer without groups. */
const v1 = (change: (world: World) => void = () => undefined) =>
  awsWorld((world) => {
    Object.assign(world.the('links', 'vlink-1'), { kind: 'vpc-link-v1', subnetIds: [], securityGroupIds: [] });
    Object.assign(world.the('loadBalancers', BALANCER), { kind: 'network', securityGroupIds: [] });
    for (const id of ['eni-lb-a', 'eni-lb-b']) world.the('interfaces', id).securityGroupIds = [];
    world.the('securityGroups', 'sg-app').rules = [
      { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.8.0/21' },
    ];
    change(world);
  });

const said = (world: World) =>
  pathChecks.flatMap((check) => outcomesOf(check, world).map(({ verdict }) => `${check.id} ${verdict}`));

describe('a V1 link', () => {
  it('reaches its load balancer over PrivateLink, without groups, network ACLs and routes', () => {
    expect(said(v1())).toEqual(['path/link pass', 'path/load-balancer pass']);
  });

  it('has the load balancer as source at targets, even where their group preserves client addresses', () => {
    const world = v1((one) => Object.assign(one.the('targetGroups', GROUP), { preservesClientAddress: true }));
    expect(said(world)).toEqual(['path/link pass', 'path/load-balancer pass']);
  });

  it('stops where no target is healthy', () => {
    const world = v1((one) =>
      one.the('targetGroups', GROUP).targets?.forEach((target) => Object.assign(target, { health: 'unhealthy' })),
    );
    expect(said(world)).toEqual(['path/link pass', 'path/load-balancer fail']);
  });
});

describe('a problem of a link', () => {
  it('is reported once, however many targets it has', () => {
    const world = awsWorld((one) => {
      one.the('links', 'vlink-1').state = 'failed';
      one.integration.targets['again'] = structuredClone(one.targetSpec);
    });
    const [link, ...others] = pathChecks.flatMap((check) => outcomesOf(check, world));
    expect(link).toMatchObject({ verdict: 'fail', subject: 'link eu', integration: 'orders' });
    expect(others).toEqual([]);
  });
});
