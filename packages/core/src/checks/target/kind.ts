import { PASSED, stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { Misfit, targetKindWords } from './words/kind.words.js';
import type { TargetRef } from '../../model/target.js';
import { targetText } from '../../kinds/target-ref.js';
import type { CheckInput, IntegrationView, LinkView, Missing, RegionIndex, TargetView } from '../../world/views.js';
import { kindTraitsOf, mayBeNew, unseen } from '../../world/link-facts.js';
import { cloudTraits } from '../../kinds/cloud/clouds.js';
import { gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { aboutTarget } from '../../findings/about.js';
import { listenersOf } from '../../network/balancers/backend.js';
import { readArn } from './arn.js';

const { fails, holds, unsure } = stating<(typeof targetKindWords)['says']>();

/** `target/kind`. */
export const targetKind: Judgement = {
  id: 'target/kind',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const misfit = misfitOf(integration, target);
        const missing = misfit === undefined ? unread(integration, target) : undefined;
        const fits = misfit === undefined && missing === undefined;
        said.push(fits && !input.passes ? PASSED : judged(input, integration, target, { misfit, missing }));
      }
    }
    return said;
  },
};

function judged(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  { misfit, missing }: { readonly misfit: Misfit | undefined; readonly missing: Missing | undefined },
): Statement {
  const about = aboutTarget(integration, target);
  const { ref } = target.spec;
  const id = `integrations.${integration.name}.targets.${target.name}`;
  const evidence = [{ kind: 'spec', id, text: targetText(ref) }];
  const params = { ref, link: integration.link.name };
  if (missing !== undefined) return unsure(about, 'KIND_NOT_READ', params, missing, { evidence });
  return misfit === undefined
    ? holds(input, about, 'KIND_FITS', () => ({ params, evidence }))
    : fails(about, codeOf(misfit), { params: { ref, misfit }, evidence });
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
  if (!cloudTraits(link.region.region).namesByArn) return undefined;
  if (!isBalanced) return { is: 'not balanced' };
  if ('service' in ref) {
    const { refuses } = GATEWAY_KINDS[gateway?.kind ?? gatewayKind(spec.gateway)];
    if (refuses?.includes('service') === true) return { is: 'REST API service' };
    if (!targets.includes('service')) return { is: 'not network' };
    return wrongService(ref.service) ?? withoutServices(link.region.region.region);
  }
  const isKnown = target !== undefined || listenerText(ref).startsWith('arn:');
  if (callsBalancer(link) && isKnown && !isNetwork(ref, target)) return { is: 'not network' };
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
  if (!cloudTraits(region.region).namesByArn) return undefined;
  const missing = unseen(link);
  // A link V1 reaches one load balancer only, and no service.
  if (missing !== undefined && !mayBeNew(link)) return missing;
  if (!('listener' in ref)) return undefined;
  if (callsBalancer(link) && link.loadBalancerIds === undefined && link.link !== undefined) {
    const unreadLink = region.missing('links', link.link.id);
    if (unreadLink !== undefined) return unreadLink;
  }
  if (isNetwork(ref, target)) return undefined;
  if (missing !== undefined || !callsBalancer(link) || unresolved?.verdict !== 'unknown') return missing;
  return region.missing('targets') ?? region.missing('loadBalancers') ?? region.missing('listeners');
}

function isNetwork(ref: Extract<TargetRef, { listener: unknown }>, target: TargetView['target']): boolean {
  return target?.resourceType === 'network' || /:loadbalancer\/net\/|:listener\/net\//.test(listenerText(ref));
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
