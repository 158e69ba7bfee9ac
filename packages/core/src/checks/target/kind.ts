import { stating, type Judgement } from '../../findings/statement.js';
import type { targetKindWords } from './words/kind.words.js';
import type { TargetRef } from '../../model/target.js';
import { targetText } from '../../kinds/target-ref.js';
import type { IntegrationView, Missing, RegionIndex, TargetView } from '../../world/views.js';
import { kindOf, unseen } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { listenersOf } from '../../network/balancers/backend.js';
import { readArn } from './arn.js';

const { fails, holds, unsure } = stating<(typeof targetKindWords)['says']>();

interface Wrong {
  /** Set if it is a statement of its own, whose remedy is not a change of the spec. */
  readonly code?: 'NOT_NETWORK_BALANCER' | 'GATEWAY_BALANCER' | undefined;
  readonly is: string;
  readonly remedy: string;
}

/** `target/kind`. */
export const targetKind: Judgement = {
  id: 'target/kind',
  severity: 'error',
  *run(input) {
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const about = aboutTarget(integration, target);
        const text = (): string => targetText(target.spec.ref);
        const evidence = () => [
          { kind: 'spec', id: `integrations.${integration.name}.targets.${target.name}`, text: text() },
        ];
        const wrong = wrongKind(integration, target);
        const missing = wrong === undefined ? unread(integration, target) : undefined;
        if (missing !== undefined) {
          yield unsure(about, 'KIND_NOT_READ', { text: text(), link: integration.link.name }, missing, {
            evidence: evidence(),
          });
        } else if (wrong === undefined) {
          yield holds(input, about, 'KIND_FITS', () => ({
            params: { text: text(), link: integration.link.name },
            evidence: evidence(),
          }));
        } else
          yield fails(about, wrong.code ?? 'KIND_UNFIT', {
            params: { text: text(), is: wrong.is, remedy: wrong.remedy },
            evidence: evidence(),
          });
      }
    }
  },
};

function wrongKind(integration: IntegrationView, { spec: { ref }, target }: TargetView): Wrong | undefined {
  const { link, gateway, spec } = integration;
  const { provider } = link.region.region;
  if (provider === 'alibaba') {
    return 'listener' in ref || 'service' in ref
      ? {
          is: 'a backend of another cloud',
          remedy: 'Write instance and port of an ECS or CLB instance, or address and port.',
        }
      : undefined;
  }
  if (provider !== 'aws') return undefined;
  if ('instance' in ref || 'address' in ref) {
    return {
      is: 'not a target that a VPC link can call',
      remedy:
        'Put a load balancer in front of it and write its listener, or register it in AWS Cloud Map and write its service.',
    };
  }
  if ('service' in ref) {
    if (gateway?.kind === 'rest-api' || 'restApi' in spec.gateway) {
      return {
        is: 'a Cloud Map service, which REST APIs cannot call',
        remedy: 'Put a load balancer in front of the service and write its listener, or use an HTTP API.',
      };
    }
    return wrongService(ref.service) ?? withoutServices(link.region.region.region);
  }
  const isKnown = target !== undefined || listenerText(ref).startsWith('arn:');
  if (kindOf(link) === 'vpc-link-v1' && isKnown && !isNetwork(ref, target)) {
    return {
      code: 'NOT_NETWORK_BALANCER',
      is: 'not a network load balancer, and a VPC link V1 can call nothing else',
      remedy: 'Put a network load balancer in front of it, or use a VPC link V2.',
    };
  }
  return wrongListener(link.region, ref);
}

/** Why it cannot be determined which kind of load balancer a V1 link would call, or whether the link is V1. */
function unread({ link }: IntegrationView, { spec: { ref }, target, unresolved }: TargetView): Missing | undefined {
  const { region } = link;
  if (region.region.provider !== 'aws' || !('listener' in ref) || isNetwork(ref, target)) return undefined;
  const missing = unseen(link);
  if (missing !== undefined || kindOf(link) !== 'vpc-link-v1' || unresolved?.verdict !== 'unknown') return missing;
  return region.missing('targets') ?? region.missing('loadBalancers') ?? region.missing('listeners');
}

function isNetwork(ref: Extract<TargetRef, { listener: unknown }>, target: TargetView['target']): boolean {
  return target?.resourceType === 'network' || /:loadbalancer\/net\/|:listener\/net\//.test(listenerText(ref));
}

function listenerText({ listener }: Extract<TargetRef, { listener: unknown }>): string {
  return typeof listener === 'string' ? listener : listener.loadBalancer;
}

function wrongService(text: string): Wrong | undefined {
  const arn = readArn(text);
  if (arn === undefined) return { is: 'not an ARN', remedy: 'Write the ARN of a Cloud Map service.' };
  const [path = ''] = arn.resource.split('?');
  if (arn.service === 'servicediscovery' && path.startsWith('service/')) return undefined;
  return arn.service === 'elasticloadbalancing'
    ? { is: 'not a Cloud Map service', remedy: 'Write it as listener: <this ARN>.' }
    : {
        is: 'not a Cloud Map service',
        remedy: 'Write the ARN of a Cloud Map service, not that of its namespace or instance.',
      };
}

/** https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html */
function withoutServices(region: string): Wrong | undefined {
  if (region !== 'us-gov-west-1') return undefined;
  const remedy = 'Put a load balancer in front of the service and write its listener.';
  return { is: `a Cloud Map service, which HTTP APIs of ${region} cannot call`, remedy };
}

function wrongListener(region: RegionIndex, ref: Extract<TargetRef, { listener: unknown }>): Wrong | undefined {
  const text = listenerText(ref);
  if (typeof ref.listener !== 'string' && !text.startsWith('arn:')) return undefined;
  const arn = readArn(text);
  if (arn === undefined) return { is: 'not an ARN', remedy: 'Write the ARN of a listener, or loadBalancer and port.' };
  if (arn.service === 'servicediscovery') {
    return { is: 'a Cloud Map service', remedy: 'Write it as service: <this ARN>.' };
  }
  const [kind = '', type = ''] = arn.resource.split('/');
  if (type === 'gwy') {
    return {
      code: 'GATEWAY_BALANCER',
      is: 'a resource of a gateway load balancer',
      remedy: 'Use an application or network load balancer.',
    };
  }
  const due = typeof ref.listener === 'string' ? 'listener' : 'loadbalancer';
  if (arn.service === 'elasticloadbalancing' && kind === due) return undefined;
  if (arn.service === 'elasticloadbalancing' && kind === 'loadbalancer') {
    const listeners = listenersOf(region, text).map(({ id, protocol, port }) => `${id} (${protocol} ${port})`);
    return {
      is: 'a load balancer; expected a listener',
      remedy:
        listeners.length === 0
          ? 'Write listener: { loadBalancer: <this ARN>, port: <port> }.'
          : `Write one of its listeners: ${listeners.join(', ')}.`,
    };
  }
  return {
    is: arn.service === 'elasticloadbalancing' ? `a ${kind}; expected a ${due}` : `a resource of ${arn.service}`,
    remedy: 'Write a listener of an application or network load balancer.',
  };
}
