import type { TargetRef } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { parseListenerRef } from '../../src/cloud/targets/targets.js';
import { VPC_LINK_V2 } from '../../src/vpc-links/cloud/rules.js';
import { refusalOf, simulated } from '../world/simulated.js';
import { vpcLink } from '../world/refs.js';

const HOME = { region: 'eu-west-1', partition: 'aws', account: '111122223333' };
const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const LISTENER = `${ELB}:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const SERVICE = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-abcdefgh';

describe('parseListenerRef', () => {
  it.each<[string, TargetRef, object]>([
    [
      'a listener',
      { listener: LISTENER },
      { kind: 'listener', arn: LISTENER, loadBalancerArn: `${ELB}:loadbalancer/app/orders-alb/50dc6c495c0c9188` },
    ],
    [
      'a load balancer by name',
      { listener: { loadBalancer: 'orders-alb', port: 443 } },
      { kind: 'port', loadBalancer: 'orders-alb', port: 443 },
    ],
    [
      'a Cloud Map service with a filter',
      { service: `${SERVICE}?stage=blue` },
      { kind: 'service', arn: `${SERVICE}?stage=blue`, serviceId: 'srv-abcdefgh' },
    ],
  ])('reads %s', (_, ref, expected) => {
    expect(parseListenerRef(ref, HOME)).toEqual(expected);
  });

  it.each<[string, TargetRef, string, RegExp]>([
    ['a name where an ARN is expected', { listener: 'orders-alb' }, 'INVALID_ARN', /arn:/],
    ['a load balancer', { listener: `${ELB}:loadbalancer/app/orders-alb/50dc6c495c0c9188` }, 'WRONG_KIND', /listener/],
    ['a target group', { listener: `${ELB}:targetgroup/orders/50dc6c495c0c9188` }, 'WRONG_KIND', /listener/],
    [
      'a rule, naming its listener',
      { listener: `${LISTENER.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee` },
      'WRONG_KIND',
      new RegExp(LISTENER),
    ],
    [
      'a gateway load balancer',
      { listener: LISTENER.replace('/app/', '/gwy/') },
      'WRONG_KIND',
      /application or network/,
    ],
    ['a Cloud Map service as a listener', { listener: SERVICE }, 'WRONG_KIND', /service:/],
    ['a listener as a Cloud Map service', { service: LISTENER }, 'WRONG_KIND', /listener:/],
    ['a bucket', { listener: 'arn:aws:s3:::orders' }, 'WRONG_KIND', /listener/],
    ['another region', { listener: LISTENER.replace('eu-west-1', 'eu-west-2') }, 'WRONG_REGION', /eu-west-2/],
    ['another partition', { listener: LISTENER.replace('arn:aws:', 'arn:aws-cn:') }, 'WRONG_REGION', /eu-west-1/],
    [
      'another account',
      { listener: LISTENER.replace('111122223333', '444455556666') },
      'WRONG_ACCOUNT',
      /same account/,
    ],
    ['port 0', { listener: { loadBalancer: 'orders-alb', port: 0 } }, 'INVALID_INPUT', /65535/],
    [
      'a target group with a port',
      { listener: { loadBalancer: `${ELB}:targetgroup/orders/5`, port: 80 } },
      'WRONG_KIND',
      /load balancer/,
    ],
    ['an instance', { instance: 'i-1', port: 80 }, 'UNSUPPORTED', /load balancer/],
    ['an address', { address: '10.0.0.1', port: 80 }, 'UNSUPPORTED', /load balancer/],
  ])('refuses %s', (_, ref, code, remedy) => {
    try {
      parseListenerRef(ref, HOME);
    } catch (error) {
      expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
      return;
    }
    expect.fail('not refused');
  });

  it('refuses a Cloud Map service behind a link in GovCloud', () => {
    const service = SERVICE.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-west-1', 'us-gov-west-1');
    const home = { ...HOME, region: 'us-gov-west-1', partition: 'aws-us-gov' };
    expect(() => parseListenerRef({ service }, home)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
  });
});

describe('targets', () => {
  it('names the listeners of a load balancer given instead of a listener, from calls and from a snapshot', async () => {
    const { driver, ctx, call, world } = await simulated();
    const { LoadBalancers } = call('elasticloadbalancingv2', 'DescribeLoadBalancers', { Names: ['orders-alb'] });
    const loadBalancerArn: string = LoadBalancers[0].LoadBalancerArn;
    const { Listeners } = call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn: loadBalancerArn });
    const ref = { listener: loadBalancerArn };

    const asked = await refusalOf(driver.targets.resolve(ref, {}, ctx));
    const region = await driver.observe({ targets: [ref] }, ctx);
    const [early] = VPC_LINK_V2.targetRefusals(ref, { networkId: world.networkId }, region) ?? [];
    for (const error of [asked, early]) {
      expect(error).toMatchObject({ code: 'WRONG_KIND' });
      for (const { ListenerArn, Port } of Listeners) {
        expect(error?.remedy).toContain(ListenerArn);
        expect(error?.remedy).toContain(`HTTP ${Port}`);
      }
    }
    expect(region.targets).toEqual([]);
  });

  it('names the ports of a load balancer that has no listener on the given port', async () => {
    const { driver, ctx, world } = await simulated();
    const error = await refusalOf(driver.targets.resolve(world.missingTarget, {}, ctx));
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(error.message).toContain('HTTP 80, HTTP 8080');
  });

  it('finds many listeners with one call, also when one of them does not exist', async () => {
    const { driver, ctx, call, world, simulation, calledSince } = await simulated();
    const all: string[] = call('elasticloadbalancingv2', 'DescribeLoadBalancers', {}).LoadBalancers.flatMap(
      ({ LoadBalancerArn }: { LoadBalancerArn: string }) =>
        call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn }).Listeners.map(
          (one: { ListenerArn: string }) => one.ListenerArn,
        ),
    );
    expect(world.targets.length).toBeGreaterThan(1);
    const from = simulation.journal().length;
    const { targets } = await driver.observe({ targets: all.map((listener) => ({ listener })) }, ctx);
    expect(targets.map(({ id }) => id).toSorted()).toEqual(all.toSorted());
    expect(calledSince(from).filter((one) => one === 'DescribeListeners')).toHaveLength(1);

    const missing = `${all[0]?.slice(0, -4)}0000`;
    const some = await driver.observe({ targets: [...all, missing].map((listener) => ({ listener })) }, ctx);
    expect(some.targets.map(({ id }) => id).toSorted()).toEqual(all.toSorted());
    expect(some.gaps).toEqual([]);
  });

  it('resolves a Cloud Map service, and keeps its filter', async () => {
    const { driver, ctx, call, settle } = await simulated();
    call('servicediscovery', 'CreateHttpNamespace', { Name: 'shop' });
    await settle();
    const [namespace] = call('servicediscovery', 'ListNamespaces', {}).Namespaces;
    const { Service } = call('servicediscovery', 'CreateService', { Name: 'orders', NamespaceId: namespace.Id });
    const ref = { service: `${Service.Arn}?stage=blue` };
    const target = await driver.targets.resolve(ref, { networkId: 'vpc-1' }, ctx);
    expect(target).toMatchObject({ kind: 'service', id: ref.service, name: 'orders', resourceType: 'cloud-map' });
    // A list returns less of a service than a call for that service.
    expect((await driver.observe({ targets: [ref] }, ctx)).targets).toEqual([{ ...target, raw: expect.anything() }]);
    const gone = { service: Service.Arn.replace(/srv-\w+$/, 'srv-0000000000000000') };
    expect((await refusalOf(driver.targets.resolve(gone, {}, ctx))).code).toBe('NOT_FOUND');
  });

  it('refuses a target in another VPC than that of a link that is given by its ID only', async () => {
    const { driver, ctx, world, link } = await simulated();
    const { id: linkId } = await link();
    expect(await driver.targets.resolve(world.targets[0], { link: vpcLink(linkId) }, ctx)).toMatchObject({
      networkId: world.networkId,
    });
    const error = await refusalOf(driver.targets.resolve(world.elsewhere.target, { link: vpcLink(linkId) }, ctx));
    expect(error).toMatchObject({ code: 'WRONG_NETWORK', details: { expected: world.networkId } });
  });
});
