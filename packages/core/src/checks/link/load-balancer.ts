import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { linkLoadBalancerWords } from './words/load-balancer.words.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, LinkView, Missing } from '../../world/views.js';
import { isNew, kindOf, kindTraitsOf, linkText, mayBeNew, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';

const { fails, holds, unsure } = stating<(typeof linkLoadBalancerWords)['says']>();

/** `link/load-balancer`. */
export const linkLoadBalancer: Judgement = {
  id: 'link/load-balancer',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (kindTraitsOf(view).createdFrom !== 'loadBalancer') continue;
      const { link, name, loadBalancerIds = [], region } = view;
      const about = aboutLink(view);
      const unread = unseen(view) ?? (link !== undefined && loadBalancerIds.length === 0 ? unknownOf(view) : undefined);
      // A load balancer that a look-up does not find is reported by `link/exists`.
      if (unread !== undefined) yield unsure(about, 'LINK_NOT_READ', { link: name }, unread);
      if (link === undefined && !mayBeNew(view)) continue;
      for (const id of loadBalancerIds) {
        const found = region.find('loadBalancers', id);
        if (found.is === 'found') yield* ofBalancer(input, view, found.value);
        else if (found.is === 'unknown') yield unsure(about, 'BALANCER_NOT_READ', { link: name, id }, found.missing);
        else
          yield fails(about, 'BALANCER_ABSENT', { params: { linkText: linkText(view), id }, evidence: [absent(id)] });
      }
    }
  },
};

function* ofBalancer(input: CheckInput, view: LinkView, balancer: LoadBalancer): Generator<Statement> {
  const about = aboutLink(view);
  const { id, name, kind, state } = balancer;
  const evidence = [balancerEvidence(balancer, `${kind}${state === undefined ? '' : `, ${state}`}`)];
  if (kind !== 'network') {
    yield fails(about, 'NOT_NETWORK', { params: { linkText: linkText(view), balancer: name, kind }, evidence });
    return;
  }
  // What holds for a link that is to be created; `target/balancer-active` reports the others.
  if (view.link === undefined && balancer.active === false) {
    yield fails(about, 'NOT_ACTIVE', { params: { link: view.name, balancer: name, state }, evidence });
    return;
  }
  const other = isNew(view) ? otherLink(view, id) : undefined;
  if (other !== undefined) {
    yield fails(about, 'IN_USE', {
      params: { link: view.name, balancer: name, other },
      evidence: [...evidence, { kind: 'link', id: other, text: `leads to ${name}` }],
    });
    return;
  }
  const unlisted = isNew(view) ? view.region.missing('links') : undefined;
  if (unlisted !== undefined) yield unsure(about, 'BALANCER_NOT_READ', { link: view.name, id }, unlisted, { evidence });
  else yield holds(input, about, 'FITS', () => ({ params: { linkText: linkText(view), balancer: name }, evidence }));
}

/** Another link that leads to the load balancer: a second one cannot be created. */
function otherLink(view: LinkView, balancerId: string): string | undefined {
  const { links } = view.region.region;
  const kind = kindOf(view);
  // One that has failed was not associated with it.
  return links.find(
    (one) => one.kind === kind && one.state !== 'failed' && one.loadBalancerIds?.includes(balancerId) === true,
  )?.id;
}

function unknownOf({ link, name, region }: LinkView): Missing {
  const id = link?.id ?? name;
  return (
    region.missing('links', id) ?? {
      what: `the load balancer of link ${id}`,
      remedy: `Check the targets of ${id}: aws apigateway get-vpc-link --vpc-link-id ${id}.`,
    }
  );
}

function absent(id: string) {
  return { kind: 'load balancer', id, text: 'does not exist' };
}
