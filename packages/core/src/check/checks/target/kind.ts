import type { TargetRef } from '../../../do/model/target.js';
import { targetText } from '../../../do/kinds/target-ref.js';
import type { IntegrationView, LinkView, Missing, RegionIndex, TargetView } from '../../../do/world/views.js';
import { kindTraitsOf, mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { aboutTarget } from '../../../do/findings/about.js';
import { listenersOf } from '../../path/balancers/backend.js';
import { readArn } from './arn.js';
import { defineCheck } from '../define-check.js';
import { type Say, COUNTED } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** Kinds of load balancers: the types of a target. */
const BALANCERS: ReadonlySet<string> = new Set(['application', 'network', 'gateway', 'classic', 'clb']);

const LISTENER_WANTED = 'Write a listener of an application or network load balancer.';

/** `target/kind`. */
export const targetKind = defineCheck({
  id: 'target/kind',
  severity: 'error',
  title: 'The target is of a kind that the link can call',
  about: 'Each kind of link calls certain kinds of targets only, and the cloud refuses others.',
  codes: ['KIND_NOT_READ', 'KIND_FITS', 'KIND_UNFIT', 'NOT_NETWORK_BALANCER', 'OTHER_BALANCER', 'GATEWAY_BALANCER'],
  *run(input, say) {
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const misfit = misfitOf(integration, target);
        const missing = misfit === undefined ? unread(integration, target) : undefined;
        const fits = misfit === undefined && missing === undefined;
        yield fits && !input.passes ? COUNTED : judged(say, integration, target, { misfit, missing });
      }
    }
  },
});

function judged(
  say: Say,
  integration: IntegrationView,
  target: TargetView,
  { misfit, missing }: { readonly misfit: Misfit | undefined; readonly missing: Missing | undefined },
): Outcome {
  const about = aboutTarget(integration, target);
  const { ref } = target.spec;
  const id = `integrations.${integration.name}.targets.${target.name}`;
  const evidence = [{ kind: 'spec', id, text: targetText(ref) }];
  const params = { ref, link: integration.link.name };
  if (missing !== undefined)
    return say.unknown(about, 'KIND_NOT_READ', params, missing, (p) => ({ whether: fits(p), evidence }));
  return misfit === undefined
    ? say.pass(
        about,
        'KIND_FITS',
        () => params,
        (p) => ({ message: fits(p), evidence }),
      )
    : say.fail(about, codeOf(misfit), { ref, misfit }, (p) => ({ ...unfit(p), evidence }));
}

/** What is not a change of the spec has a code of its own. */
function codeOf({ is }: Misfit): 'NOT_NETWORK_BALANCER' | 'OTHER_BALANCER' | 'GATEWAY_BALANCER' | 'KIND_UNFIT' {
  if (is === 'other balancer') return 'OTHER_BALANCER';
  if (is === 'not network') return 'NOT_NETWORK_BALANCER';
  return is === 'gateway balancer' ? 'GATEWAY_BALANCER' : 'KIND_UNFIT';
}

function misfitOf(integration: IntegrationView, { spec: { ref }, target }: TargetView): Misfit | undefined {
  const { link, gateway, spec } = integration;
  const { targets } = kindTraitsOf(link);
  const isBalanced = 'listener' in ref || 'service' in ref;
  if (!targets.includes('listener')) return isBalanced ? { is: 'other cloud' } : undefined;
  if (!link.region.clouds.network(link.region.region).namesByArn) return undefined;
  if (!isBalanced) return { is: 'not balanced' };
  if ('service' in ref) {
    const { refuses } = link.region.clouds.gateway(gateway?.kind ?? link.region.clouds.gatewayKind(spec.gateway));
    if (refuses?.includes('service') === true) return { is: 'REST API service' };
    if (!targets.includes('service')) return { is: 'not network' };
    return wrongService(ref.service) ?? withoutServices(link.region.region.region);
  }
  const isKnown = target !== undefined || listenerText(ref).startsWith('arn:');
  if (
    callsBalancer(link) &&
    isKnown &&
    !isNetwork(ref, target) &&
    (target === undefined || kindMissing(target) === undefined)
  )
    return { is: 'not network' };
  return wrongListener(link.region, ref) ?? otherBalancer(link, target);
}

/** A link that is made for load balancers reaches no other. */
function otherBalancer({ region, loadBalancerIds }: LinkView, target: TargetView['target']): Misfit | undefined {
  const id = target?.resourceId;
  if (id === undefined || loadBalancerIds === undefined || loadBalancerIds.includes(id)) return undefined;
  const own = loadBalancerIds.map((one) => {
    const found = region.find('loadBalancers', one);
    return found.is === 'found' ? found.value.name : one;
  });
  return { is: 'other balancer', own };
}

function callsBalancer(link: LinkView): boolean {
  return kindTraitsOf(link).callsFrom === 'load balancer';
}

/** Why it cannot be determined which kind of load balancer a V1 link would call, or whether the link is V1. */
function unread({ link }: IntegrationView, { spec: { ref }, target, unresolved }: TargetView): Missing | undefined {
  const { region } = link;
  if (!region.clouds.network(region.region).namesByArn) return undefined;
  const missing = unseen(link);
  // A link V1 reaches one load balancer only, and no service.
  if (missing !== undefined && !mayBeNew(link)) return missing;
  if (!('listener' in ref)) return undefined;
  if (callsBalancer(link) && link.loadBalancerIds === undefined && link.link !== undefined) {
    const unreadLink = region.missing('links', link.link.id);
    if (unreadLink !== undefined) return unreadLink;
  }
  if (isNetwork(ref, target)) return undefined;
  const unlisted = callsBalancer(link) && target !== undefined ? kindMissing(target) : undefined;
  if (unlisted !== undefined) return unlisted;
  if (missing !== undefined || !callsBalancer(link) || unresolved?.verdict !== 'unknown') return missing;
  return region.missing('targets') ?? region.missing('loadBalancers') ?? region.missing('listeners');
}

/** Why it is unknown whether a target is a network load balancer: its kind was not read, or is in no table. */
function kindMissing(target: NonNullable<TargetView['target']>): Missing | undefined {
  const { resourceType, resourceId, id } = target;
  if (resourceType === undefined ? /:listener\/(?:app|gwy)\//.test(id) : BALANCERS.has(resourceType)) return undefined;
  return {
    what: `whether ${resourceId ?? id} is a network load balancer${resourceType === undefined ? '' : `: its kind is ${resourceType}`}`,
    remedy: LISTENER_WANTED,
  };
}

function isNetwork(ref: Extract<TargetRef, { listener: unknown }>, target: TargetView['target']): boolean {
  const texts = [listenerText(ref), target?.id ?? ''];
  return target?.resourceType === 'network' || texts.some((one) => /:loadbalancer\/net\/|:listener\/net\//.test(one));
}

function listenerText({ listener }: Extract<TargetRef, { listener: unknown }>): string {
  return typeof listener === 'string' ? listener : listener.loadBalancer;
}

function wrongService(text: string): Misfit | undefined {
  const arn = readArn(text);
  if (arn === undefined) return { is: 'not an ARN', expected: 'service' };
  const [path = ''] = arn.resource.split('?');
  if (arn.service === 'servicediscovery' && path.startsWith('service/')) return undefined;
  return { is: 'not a service', service: arn.service };
}

/** https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html */
function withoutServices(region: string): Misfit | undefined {
  return region === 'us-gov-west-1' ? { is: 'HTTP API service', region } : undefined;
}

function wrongListener(region: RegionIndex, ref: Extract<TargetRef, { listener: unknown }>): Misfit | undefined {
  const text = listenerText(ref);
  if (typeof ref.listener !== 'string' && !text.startsWith('arn:')) return undefined;
  const arn = readArn(text);
  if (arn === undefined) return { is: 'not an ARN', expected: 'listener' };
  const { service } = arn;
  if (service === 'servicediscovery') return { is: 'service' };
  const [kind = '', type = ''] = arn.resource.split('/');
  if (type === 'gwy') return { is: 'gateway balancer' };
  const expected = typeof ref.listener === 'string' ? 'listener' : 'loadbalancer';
  if (service !== 'elasticloadbalancing') return { is: 'other service', service };
  if (kind === expected) return undefined;
  if (kind !== 'loadbalancer') return { is: 'other kind', kind, expected };
  const listeners = listenersOf(region, text).map(({ id, protocol, port }) => ({ id, protocol, port }));
  return { is: 'balancer', listeners };
}

/** Why a link cannot call what a spec names, and the facts that decide. */
export type Misfit =
  | { readonly is: 'other cloud' | 'not balanced' | 'not network' | 'gateway balancer' }
  | { readonly is: 'service' | 'REST API service' }
  /** `own`: the load balancers of the link. */
  | { readonly is: 'other balancer'; readonly own: readonly string[] }
  | { readonly is: 'HTTP API service'; readonly region: string }
  | { readonly is: 'not an ARN'; readonly expected: 'service' | 'listener' }
  /** `service` is that of the ARN: `elasticloadbalancing`. */
  | { readonly is: 'not a service' | 'other service'; readonly service: string }
  | { readonly is: 'other kind'; readonly kind: string; readonly expected: string }
  | { readonly is: 'balancer'; readonly listeners: readonly NamedListener[] };
interface NamedListener {
  readonly id: string;
  readonly protocol: string;
  readonly port: number;
}

/** What follows the target in the message, and the remedy. */
function misfitText(misfit: Misfit): readonly [is: string, remedy: string] {
  switch (misfit.is) {
    case 'other cloud':
      return ['a backend of another cloud', 'Write instance and port of an ECS or CLB instance, or address and port.'];
    case 'not balanced':
      return [
        'not a target that a VPC link can call',
        'Put a load balancer in front of it and write its listener, or register it in AWS Cloud Map and write its service.',
      ];
    case 'not network':
      return [
        'not a network load balancer, and a VPC link V1 can call nothing else',
        'Put a network load balancer in front of it, or use a VPC link V2.',
      ];
    case 'other balancer':
      return [
        `not a listener of the load balancer of the link, and the link reaches no other: ${misfit.own.join(', ')}`,
        `Write a listener of ${misfit.own.join(', ')}, or use another link: a VPC link V1 reaches one load balancer.`,
      ];
    case 'gateway balancer':
      return ['a resource of a gateway load balancer', 'Use an application or network load balancer.'];
    case 'service':
      return ['a Cloud Map service', 'Write it as service: <this ARN>.'];
    case 'REST API service':
      return [
        'a Cloud Map service, which REST APIs cannot call',
        'Put a load balancer in front of the service and write its listener, or use an HTTP API.',
      ];
    case 'HTTP API service':
      return [
        `a Cloud Map service, which HTTP APIs of ${misfit.region} cannot call`,
        'Put a load balancer in front of the service and write its listener.',
      ];
    case 'not an ARN':
      return [
        'not an ARN',
        misfit.expected === 'service'
          ? 'Write the ARN of a Cloud Map service.'
          : 'Write the ARN of a listener, or loadBalancer and port.',
      ];
    case 'not a service':
      return [
        'not a Cloud Map service',
        misfit.service === 'elasticloadbalancing'
          ? 'Write it as listener: <this ARN>.'
          : 'Write the ARN of a Cloud Map service, not that of its namespace or instance.',
      ];
    case 'other service':
      return [`a resource of ${misfit.service}`, LISTENER_WANTED];
    case 'other kind':
      return [`a ${misfit.kind}; expected a ${misfit.expected}`, LISTENER_WANTED];
    case 'balancer':
      return ['a load balancer; expected a listener', oneOfText(misfit.listeners)];
  }
}

function oneOfText(listeners: readonly NamedListener[]): string {
  if (listeners.length === 0) return 'Write listener: { loadBalancer: <this ARN>, port: <port> }.';
  const names = listeners.map(({ id, protocol, port }) => `${id} (${protocol} ${port})`);
  return `Write one of its listeners: ${names.join(', ')}.`;
}

function unfit({ ref, misfit }: { readonly ref: TargetRef; readonly misfit: Misfit }) {
  const [is, remedy] = misfitText(misfit);
  return { message: `${targetText(ref)} is ${is}`, remedy };
}

/** Of an unknown and of a pass alike. */
function fits({ ref, link }: { readonly ref: TargetRef; readonly link: string }): string {
  return `${targetText(ref)} is of a kind that link ${link} can call`;
}
