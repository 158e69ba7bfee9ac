import { BALANCER, LISTENER, CERTIFICATE, GROUP, VPC } from '../aws-region.js';
import type { Change } from '../edits.js';
import { aws, type World } from '../world.js';

export const NLB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/front/aaaa';

export const FRONT = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/front/aaaa/bbbb';

export const BEHIND = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/behind/cccc';

/** How the network load balancer forwards to the world's application load balancer: by its ARN, or by its addresses. */
export type Form = 'ARN' | 'addresses';

export interface Front {
  readonly form?: Form;
  readonly protocol?: string;
  /** The protocol of its target group. */
  readonly sends?: string | undefined;
}

/** The spec's target is the listener of a network load balancer, which forwards to the application load balancer. */
export function behind(world: World, { form = 'ARN', protocol = 'TCP', sends = 'TCP' }: Front = {}): void {
  const { copy, targetSpec } = world;
  copy('loadBalancers', BALANCER, { id: NLB, name: 'front', kind: 'network', crossZone: false, securityGroupIds: [] });
  copy('listeners', LISTENER, {
    id: FRONT,
    loadBalancerId: NLB,
    protocol,
    actions: [{ kind: 'forward', targetGroupIds: [BEHIND] }],
    certificateIds: protocol === 'TLS' ? [CERTIFICATE] : undefined,
    clientCertificates: protocol === 'TLS' ? 'none' : undefined,
  });
  copy('targets', LISTENER, { id: FRONT, name: 'front', resourceId: NLB, resourceType: 'network', protocol });
  const target = { port: 443, health: 'healthy' } as const;
  copy('targetGroups', GROUP, {
    id: BEHIND,
    name: 'behind',
    kind: form === 'ARN' ? 'load-balancer' : 'address',
    protocol: sends,
    port: 443,
    networkId: VPC,
    crossZone: undefined,
    loadBalancerIds: [NLB],
    targets:
      form === 'ARN'
        ? [{ ...target, id: BALANCER }]
        : [
            { ...target, id: '10.0.11.5', zone: 'euw1-az1' },
            { ...target, id: '10.0.12.5', zone: 'euw1-az2' },
          ],
  });
  targetSpec.ref = { listener: { loadBalancer: 'front', port: 443 } };
}

/** That world with changes, one after the other. */
export const world = (front: Front = {}, ...changes: readonly Change[]) => aws((one) => behind(one, front), ...changes);
