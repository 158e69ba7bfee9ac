import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/check/checks/explain.js';
import { pathChecks } from '../../../../src/check/checks/path/index.js';
import { BALANCER, GROUP, LISTENER } from '../../checks/aws-region.js';
import { newV1World, restV1World, webSocketWorld } from '../../checks/rest-world.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld, type World } from '../../checks/world.js';
import { CLOUDS } from '../../../clouds.js';

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

describe('the security groups of the load balancer of a V1 link', () => {
  const rules =
    (privateLinkEnforced: boolean | undefined, ...cidrBlocks: readonly string[]) =>
    ({ the }: World): void => {
      Object.assign(the('loadBalancers', BALANCER), { privateLinkEnforced });
      const outbound = the('securityGroups', 'sg-lb').rules.filter(({ direction }) => direction === 'out');
      const inbound = cidrBlocks.map((cidrBlock) => ({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock,
      }));
      Object.assign(the('securityGroups', 'sg-lb'), { rules: [...outbound, ...inbound] });
    };
  const PASSES = ['path/link pass', 'path/load-balancer pass'];
  it.each<[string, (world: World) => void, readonly string[], string]>([
    ['do not matter without enforcement', rules(false), PASSES, 'pass'],
    ['stop every call where no rule allows the port from an address', rules(true), ['path/link pass'], 'fail'],
    ['allow the calls where a rule allows every address', rules(true, '0.0.0.0/0'), PASSES, 'pass'],
    [
      'allow the calls where rules allow every address together',
      rules(true, '0.0.0.0/1', '128.0.0.0/1'),
      PASSES,
      'pass',
    ],
    ['leave it open where rules allow some addresses', rules(true, '10.0.0.0/8'), PASSES, 'unknown'],
    ['leave it open where the setting was not read', rules(undefined), PASSES, 'unknown'],
    ['allow the calls for both settings', rules(undefined, '0.0.0.0/0'), PASSES, 'pass'],
  ])('%s', (_, change, others, verdict) => {
    const world = restV1World(change);
    const [explained] = explain(world.snapshot, world.spec, { clouds: CLOUDS, integration: 'orders' });
    expect(explained?.paths.map((path) => path.verdict)).toEqual([verdict, verdict]);
    expect(said(world)).toEqual(others);
  });
});

describe('the load balancer of a V1 link', () => {
  const second = (world: World): void => {
    const [balancer, listener] = [BALANCER, LISTENER].map((id) => id.replace('/orders-alb/', '/other/')) as [
      string,
      string,
    ];
    world.copy('loadBalancers', BALANCER, { id: balancer, name: 'other' });
    world.copy('listeners', LISTENER, { id: listener, loadBalancerId: balancer });
    world.copy('targets', LISTENER, { id: listener, name: 'other', resourceId: balancer });
    world.targetSpec.ref = { listener: { loadBalancer: 'other', port: 443 } };
  };

  it('is the only one that its calls reach', () => {
    const world = restV1World(second);
    expect(said(world)).toEqual(['path/link pass', 'path/load-balancer fail']);
    const [only] = pathChecks.flatMap((check) => outcomesOf(check, world).filter(({ verdict }) => verdict === 'fail'));
    expect(only?.message).toContain('calls of link eu go to orders-alb, not to other');
    expect(only?.remedy).toContain('Declare a listener of orders-alb');
  });

  it('is called by a link that does not exist yet', () => {
    expect(said(newV1World())).toEqual(['path/load-balancer pass']);
    const sick = newV1World(({ the }) =>
      the('targetGroups', GROUP).targets?.forEach((target) => Object.assign(target, { health: 'unhealthy' })),
    );
    expect(said(sick)).toEqual(['path/load-balancer fail']);
  });

  it('is called by routes of a WebSocket API', () => {
    expect(said(webSocketWorld())).toEqual(['path/link pass', 'path/load-balancer pass']);
  });

  /** An NLB in front of the ALB of the fixture: a target group of type alb. */
  const front = (change: (world: World) => void = () => undefined) =>
    restV1World((world) => {
      const { the, copy, targetSpec, region } = world;
      const [nlb, group] = [BALANCER.replace('app/orders-alb', 'net/front'), GROUP.replace('/orders/', '/front/')];
      const listener = LISTENER.replace('app/orders-alb', 'net/front');
      copy('loadBalancers', BALANCER, { id: nlb, name: 'front', securityGroupIds: [] });
      Object.assign(the('loadBalancers', BALANCER), { kind: 'application', crossZone: true });
      Object.assign(the('listeners', LISTENER), { protocol: 'HTTPS', rules: [] });
      Object.assign(the('targetGroups', GROUP), { protocol: 'HTTP' });
      copy('listeners', LISTENER, {
        id: listener,
        loadBalancerId: nlb,
        protocol: 'TCP',
        actions: [{ kind: 'forward', targetGroupIds: [group] }],
      });
      copy('targetGroups', GROUP, {
        id: group,
        kind: 'load-balancer',
        port: 443,
        targets: [{ id: BALANCER, port: 443, health: 'healthy' }],
      });
      copy('targets', LISTENER, { id: listener, name: 'front', resourceId: nlb, resourceType: 'network' });
      for (const zone of ['a', 'b']) {
        const addresses = [zone === 'a' ? '10.0.11.6' : '10.0.12.6'];
        copy('interfaces', `eni-lb-${zone}`, {
          id: `eni-nlb-${zone}`,
          attachedTo: nlb,
          addresses,
          securityGroupIds: [],
        });
      }
      region.securityGroups
        .find(({ id }) => id === 'sg-lb')
        ?.rules.push({ direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: '10.0.8.0/21' });
      the('links', 'vlink-1').loadBalancerIds = [nlb];
      targetSpec.ref = { listener: { loadBalancer: 'front', port: 443 } };
      change(world);
    });

  it('may forward to an application load balancer, whose targets count', () => {
    expect(said(front())).toEqual(['path/link pass', 'path/load-balancer pass']);
    const sick = front(({ the }) =>
      the('targetGroups', GROUP).targets?.forEach((target) => Object.assign(target, { health: 'unhealthy' })),
    );
    expect(said(sick)).toEqual(['path/link pass', 'path/load-balancer fail']);
  });

  it('may forward to an application load balancer that refuses HTTP/1.1 for its targets', () => {
    const grpc = front(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'GRPC' }));
    expect(said(grpc)).toEqual(['path/link pass', 'path/load-balancer fail']);
  });

  it('may forward to an application load balancer whose groups do not allow its address', () => {
    const closed = front(({ the }) => the('securityGroups', 'sg-lb').rules.pop());
    expect(said(closed)).toEqual(['path/link pass', 'path/load-balancer fail']);
  });
});

it('a problem of a link: is reported once, however many targets it has', () => {
  const world = awsWorld((one) => {
    one.the('links', 'vlink-1').state = 'failed';
    one.integration.targets['again'] = structuredClone(one.targetSpec);
  });
  const [link, ...others] = pathChecks.flatMap((check) => outcomesOf(check, world));
  expect(link).toMatchObject({ verdict: 'fail', subject: 'link eu', integration: 'orders' });
  expect(others).toEqual([]);
});
