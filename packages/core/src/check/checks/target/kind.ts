import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { TargetRef } from '../../../do/model/target.js';
import type { Misfit, TargetKind } from '../../../do/kinds/cloud/target-kind.js';
import { targetKey, targetText } from '../../../do/kinds/id-kinds.js';
import type { IntegrationView, LinkView, Missing, RegionIndex, TargetView } from '../../../do/world/views.js';
import { mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { aboutTarget } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import { COUNTED, fail, pass, unknown } from '../../../do/findings/say.js';

/** Kinds of load balancers: the types of a target. */
const BALANCERS: ReadonlySet<string> = new Set<LoadBalancer['kind']>(['application', 'network', 'gateway', 'classic']);

/** A cloud brings the texts of its targets (`Misfit`). */
const UNFIT = fail('{target} is {text}', '{remedy}');

export const targetKind = defineCheck({
  id: 'target/kind',
  severity: 'error',
  title: 'The target is of a kind that the link can call',
  about: 'Each kind of link calls certain kinds of targets only, and the cloud refuses others.',
  codes: {
    KIND_NOT_READ: unknown('{target} is of a kind that link {link} can call'),
    KIND_FITS: pass('{target} is of a kind that link {link} can call'),
    KIND_UNFIT: UNFIT,
    NOT_NETWORK_BALANCER: UNFIT,
    OTHER_BALANCER: UNFIT,
    GATEWAY_BALANCER: UNFIT,
  },
  *run(input, say) {
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const misfit = misfitOf(integration, target);
        const missing = misfit === undefined ? unread(integration, target) : undefined;
        if (misfit === undefined && missing === undefined && !input.passes) {
          yield COUNTED;
          continue;
        }

        const about = aboutTarget(integration, target);
        const { ref } = target.spec;
        const words = { target: targetText(ref) };
        const id = `integrations.${integration.name}.targets.${target.name}`;
        const evidence = [{ kind: 'spec', id, text: words.target }];
        const params = { ref, link: integration.link.name };
        if (missing !== undefined) yield say.KIND_NOT_READ(about, params, missing, { evidence, words });
        else if (misfit === undefined) yield say.KIND_FITS(about, params, { evidence, words });
        else {
          const { code = 'KIND_UNFIT', facts, text, remedy } = misfit;
          yield say[code](about, { ref, misfit: facts }, { evidence, words: { ...words, text, remedy } });
        }
      }
    }
  },
});

function misfitOf(integration: IntegrationView, { spec: { ref }, target }: TargetView): Misfit | undefined {
  const { link } = integration;
  const { targets, balancerKind: wanted } = link.traits;
  const key = targetKey(ref);
  if (
    wanted !== undefined &&
    targets.includes(key) &&
    (target === undefined
      ? namesBalancer(link.region, ref)
      : kindMissing(target, link.region, ref, wanted) === undefined) &&
    !isBalancer(link.region, ref, target, wanted)
  )
    return notOfKind(link, key, wanted);

  const misfit = valueMisfit(integration, ref);
  if (misfit !== undefined) return misfit;
  if (targets.includes(key)) return otherBalancer(link, target);

  return wanted !== undefined && instead(link, key).length > 0 ? notOfKind(link, key, wanted) : notCallable(link);
}

/** Why no link can call what a spec names, by the text of its value. */
export function valueMisfit({ link: { region }, gateway, spec }: IntegrationView, ref: TargetRef): Misfit | undefined {
  return targetKindOf(region, ref)?.misfit?.(valueOf(ref), {
    region: region.region,
    gateway: region.clouds.gateway(gateway?.kind ?? region.clouds.gatewayKind(spec.gateway)),
  });
}

/** How the cloud of a link names targets by the key of a reference; undefined where it has no such key. */
export function targetKindOf({ clouds, region: { provider } }: RegionIndex, ref: TargetRef): TargetKind | undefined {
  return clouds.named(provider)?.targets[targetKey(ref)];
}

/** What stands at the key of a reference. */
export function valueOf(ref: TargetRef): unknown {
  return (ref as Readonly<Record<string, unknown>>)[targetKey(ref)];
}

const titleOf = (link: LinkView): string => link.traits.title ?? `link ${link.name}`;

/** The other kinds of link on the cloud that lead to targets by a key. */
function instead({ region: { clouds, region } }: LinkView, key: string): readonly string[] {
  return Object.entries(clouds.named(region.provider)?.links ?? {}).flatMap(
    ([kind, { targets, title, balancerKind }]) =>
      balancerKind === undefined && targets.includes(key) ? (title ?? `a link of kind ${kind}`) : [],
  );
}

function notOfKind(link: LinkView, key: string, wanted: string): Misfit {
  const others = instead(link, key);
  return {
    code: 'NOT_NETWORK_BALANCER',
    facts: { is: `not ${wanted}` },
    text: `not a ${wanted} load balancer, and ${titleOf(link)} can call nothing else`,
    remedy: `Put a ${wanted} load balancer in front of it, or use ${others.join(' or ')}.`,
  };
}

function notCallable(link: LinkView): Misfit {
  const { targets, targetAdvice } = link.traits;
  return {
    facts: { is: 'not callable' },
    text: `not a target that ${titleOf(link)} can call`,
    remedy: targetAdvice ?? `Write ${targets.join(' or ')}.`,
  };
}

/** A link that is made for load balancers reaches no other. */
function otherBalancer(link: LinkView, target: TargetView['target']): Misfit | undefined {
  const { region, loadBalancerIds } = link;
  const id = target?.resourceId;
  if (id === undefined || loadBalancerIds === undefined || loadBalancerIds.includes(id)) return undefined;

  const own = loadBalancerIds.map((one) => {
    const found = region.find('loadBalancers', one);
    return found.is === 'found' ? found.value.name : one;
  });
  return {
    code: 'OTHER_BALANCER',
    facts: { is: 'other balancer', own },
    text: `not a listener of the load balancer of the link, and the link reaches no other: ${own.join(', ')}`,
    remedy: `Write a listener of ${own.join(', ')}, or use another link: ${titleOf(link)} reaches one load balancer.`,
  };
}

/** Why it cannot be determined which kind of load balancer a link would call, or whether the link is made for one. */
function unread({ link }: IntegrationView, { spec: { ref }, target, unresolved }: TargetView): Missing | undefined {
  const { region } = link;
  const { links = {} } = region.clouds.named(region.region.provider) ?? {};
  const wanted = Object.values(links).find(({ balancerKind }) => balancerKind !== undefined)?.balancerKind;
  if (wanted === undefined) return undefined;

  const missing = unseen(link);
  // A link that is made for one load balancer reaches that one only, and no service.
  if (missing !== undefined && !mayBeNew(link)) return missing;
  if (targetKindOf(region, ref)?.balancerKind === undefined) return undefined;

  const isForOne = link.traits.balancerKind !== undefined;
  if (isForOne && link.loadBalancerIds === undefined && link.link !== undefined) {
    const unreadLink = region.missing('links', link.link.id);
    if (unreadLink !== undefined) return unreadLink;
  }
  if (isBalancer(region, ref, target, wanted)) return undefined;

  const unlisted = isForOne && target !== undefined ? kindMissing(target, region, ref, wanted) : undefined;
  if (unlisted !== undefined) return unlisted;
  if (missing !== undefined || !isForOne || unresolved?.verdict !== 'unknown') return missing;

  return region.missing('targets') ?? region.missing('loadBalancers') ?? region.missing('listeners');
}

/** Why it is unknown whether a target is a load balancer of a kind: its kind was not read, or is in no table. */
function kindMissing(
  { resourceType, resourceId, id }: NonNullable<TargetView['target']>,
  region: RegionIndex,
  ref: TargetRef,
  wanted: string,
): Missing | undefined {
  const isKnown =
    resourceType === undefined
      ? targetKindOf(region, ref)?.balancerKind?.(id) !== undefined
      : BALANCERS.has(resourceType);
  if (isKnown) return undefined;

  return {
    what: `whether ${resourceId ?? id} is a ${wanted} load balancer${resourceType === undefined ? '' : `: its kind is ${resourceType}`}`,
    remedy: 'Write a listener of an application or network load balancer.',
  };
}

/** Whether a target is a load balancer of a kind: as it was read, or by what names it. */
function isBalancer(region: RegionIndex, ref: TargetRef, target: TargetView['target'], wanted: string): boolean {
  const { balancerKind } = targetKindOf(region, ref) ?? {};
  return target?.resourceType === wanted || [valueOf(ref), target?.id].some((one) => balancerKind?.(one) === wanted);
}

const namesBalancer = (region: RegionIndex, ref: TargetRef): boolean =>
  targetKindOf(region, ref)?.balancerKind?.(valueOf(ref)) !== undefined;
