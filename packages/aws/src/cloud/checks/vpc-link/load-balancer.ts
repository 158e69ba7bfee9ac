import type { LinkView, Missing, Outcome, SayText } from '@postern/core/check';
import {
  aboutLink,
  balancerEvidence,
  defineCheck,
  isNew,
  kindOf,
  kindTraitsOf,
  linkText,
  mayBeNew,
  unseen,
} from '@postern/core/checks';
import type { LoadBalancer } from '@postern/core/snapshot';

/** `link/load-balancer`. */
export const linkLoadBalancer = defineCheck({
  id: 'link/load-balancer',
  severity: 'error',
  title: 'A VPC link V1 can be created for its network load balancer',
  about:
    'API Gateway accepts a request for a VPC link V1 and checks the load balancer only afterwards: the link is FAILED minutes later and has ' +
    'to be deleted. It fails for an application load balancer ("NLB ARN is malformed"), for a load balancer that is not active, and for ' +
    'one that another link leads to ("NLB is already associated with another VPC Endpoint Service"). An endpoint service that was not ' +
    'created by API Gateway has the same effect, and is not in the snapshot. The load balancer of a link never changes.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/12796',
  ],
  codes: ['LINK_NOT_READ', 'BALANCER_NOT_READ', 'BALANCER_ABSENT', 'NOT_NETWORK', 'NOT_ACTIVE', 'IN_USE', 'FITS'],
  *run(input, say) {
    for (const view of input.links) {
      if (kindTraitsOf(view).createdFrom !== 'loadBalancer') continue;
      const { link, name, loadBalancerIds = [], region } = view;
      const about = aboutLink(view);
      const unread = unseen(view) ?? (link !== undefined && loadBalancerIds.length === 0 ? unknownOf(view) : undefined);
      // A load balancer that a look-up does not find is reported by `link/exists`.
      if (unread !== undefined)
        yield say.unknown(
          about,
          'LINK_NOT_READ',
          { link: name },
          unread,
          (p) => `link ${p.link} leads to a network load balancer`,
        );
      if (link === undefined && !mayBeNew(view)) continue;
      for (const id of loadBalancerIds) {
        const found = region.find('loadBalancers', id);
        if (found.is === 'found') yield* ofBalancer(say, view, found.value);
        else if (found.is === 'unknown')
          yield say.unknown(about, 'BALANCER_NOT_READ', { link: name, id }, found.missing, balancerNotRead);
        else
          yield say.fail(about, 'BALANCER_ABSENT', { linkText: linkText(view), id }, (p) => ({
            message: `${p.id}, the load balancer of ${p.linkText}, does not exist`,
            remedy:
              'Create the load balancer first, or declare another link: the load balancer of a link never changes.',
            evidence: [absent(id)],
          }));
      }
    }
  },
});

function* ofBalancer(say: SayText, view: LinkView, balancer: LoadBalancer): Generator<Outcome> {
  const about = aboutLink(view);
  const { id, name, kind, state } = balancer;
  const evidence = [balancerEvidence(balancer, `${kind}${state === undefined ? '' : `, ${state}`}`)];
  if (kind !== 'network') {
    yield say.fail(about, 'NOT_NETWORK', { linkText: linkText(view), balancer: name, kind }, (p) => ({
      message: `${p.balancer}, the load balancer of ${p.linkText}, is of kind ${p.kind}: a VPC link V1 needs a network load balancer`,
      remedy: `Put a network load balancer in front of ${p.balancer} (a target group of type alb), or use a VPC link V2: subnets in place of loadBalancer.`,
      evidence,
    }));
    return;
  }
  // What holds for a link that is to be created; `target/balancer-active` reports the others.
  if (view.link === undefined && balancer.active === false) {
    yield say.fail(about, 'NOT_ACTIVE', { link: view.name, balancer: name, state }, (p) => ({
      message: `${p.balancer} is ${p.state ?? 'not active'}: link ${p.link} fails if it is created now`,
      remedy: `Wait until ${p.balancer} is active, then run \`postern apply\`.`,
      evidence,
    }));
    return;
  }
  const other = isNew(view) ? otherLink(view, id) : undefined;
  if (other !== undefined) {
    yield say.fail(about, 'IN_USE', { link: view.name, balancer: name, other }, (p) => ({
      message: `link ${p.other} leads to ${p.balancer}, and a load balancer has one VPC link V1: link ${p.link} fails if it is created`,
      remedy: `Write id: ${p.other} in place of loadBalancer under links.${p.link}, or use another load balancer.`,
      evidence: [...evidence, { kind: 'link', id: other, text: `leads to ${name}` }],
    }));
    return;
  }
  const unlisted = isNew(view) ? view.region.missing('links') : undefined;
  if (unlisted !== undefined)
    yield say.unknown(about, 'BALANCER_NOT_READ', { link: view.name, id }, unlisted, (p) => ({
      whether: balancerNotRead(p),
      evidence,
    }));
  else
    yield say.pass(
      about,
      'FITS',
      () => ({ linkText: linkText(view), balancer: name }),
      (p) => ({ message: `${p.balancer} is a network load balancer that ${p.linkText} can lead to`, evidence }),
    );
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

function balancerNotRead({ link, id }: { readonly link: string; readonly id: string }): string {
  return `link ${link} can lead to ${id}`;
}
