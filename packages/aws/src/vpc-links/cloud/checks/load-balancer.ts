import type { LinkView, Missing, Outcome, Say } from '@postern/core/internal/check';
import {
  aboutLink,
  balancerEvidence,
  defineCheck,
  fail,
  isNew,
  linkText,
  mayBeNew,
  pass,
  unknown,
  unseen,
} from '@postern/core/internal/checks';
import type { LoadBalancer } from '@postern/core/internal/snapshot';

const CODES = {
  LINK_NOT_READ: unknown('link {link} leads to a network load balancer'),
  BALANCER_NOT_READ: unknown('link {link} can lead to {id}'),
  BALANCER_ABSENT: fail(
    '{id}, the load balancer of {linkText}, does not exist',
    'Create the load balancer first, or declare another link: the load balancer of a link never changes.',
  ),
  NOT_NETWORK: fail(
    '{balancer}, the load balancer of {linkText}, is of kind {kind}: a VPC link V1 needs a network load balancer',
    'Put a network load balancer in front of {balancer} (a target group of type alb), or use a VPC link V2: subnets in place of loadBalancer.',
  ),
  NOT_ACTIVE: fail(
    '{balancer} is {state|not active}: link {link} fails if it is created now',
    'Wait until {balancer} is active, then run `postern apply`.',
  ),
  IN_USE: fail(
    'link {other} leads to {balancer}, and a load balancer has one VPC link V1: link {link} fails if it is created',
    'Write id: {other} in place of loadBalancer under links.{link}, or use another load balancer.',
  ),
  FITS: pass('{balancer} is a network load balancer that {linkText} can lead to'),
};

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
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      if (view.traits.createdFrom !== 'loadBalancer') continue;

      const { link, name, loadBalancerIds = [], region } = view;
      const about = aboutLink(view);
      const unread = unseen(view) ?? (link !== undefined && loadBalancerIds.length === 0 ? unknownOf(view) : undefined);
      // A load balancer that a look-up does not find is reported by `link/exists`.
      if (unread !== undefined) yield say.LINK_NOT_READ(about, { link: name }, unread);
      if (link === undefined && !mayBeNew(view)) continue;

      for (const id of loadBalancerIds) {
        const found = region.find('loadBalancers', id);
        if (found.is === 'found') yield ofBalancer(say, view, found.value);
        else if (found.is === 'unknown') yield say.BALANCER_NOT_READ(about, { link: name, id }, found.missing);
        else yield say.BALANCER_ABSENT(about, { linkText: linkText(view), id }, [absent(id)]);
      }
    }
  },
});

function ofBalancer(say: Say<typeof CODES>, view: LinkView, balancer: LoadBalancer): Outcome {
  const about = aboutLink(view);
  const { id, name, kind, state } = balancer;
  const evidence = [balancerEvidence(balancer, `${kind}${state === undefined ? '' : `, ${state}`}`)];
  if (kind !== 'network') return say.NOT_NETWORK(about, { linkText: linkText(view), balancer: name, kind }, evidence);
  // What holds for a link that is to be created; `target/balancer-active` reports the others.
  if (view.link === undefined && balancer.active === false)
    return say.NOT_ACTIVE(about, { link: view.name, balancer: name, state }, evidence);

  const other = isNew(view) ? otherLink(view, id) : undefined;
  if (other !== undefined) {
    const leads = { kind: 'link', id: other, text: `leads to ${name}` };
    return say.IN_USE(about, { link: view.name, balancer: name, other }, [...evidence, leads]);
  }

  const unlisted = isNew(view) ? view.region.missing('links') : undefined;
  if (unlisted !== undefined) return say.BALANCER_NOT_READ(about, { link: view.name, id }, unlisted, evidence);

  return say.FITS(about, { linkText: linkText(view), balancer: name }, evidence);
}

/** Another link that leads to the load balancer: a second one cannot be created. */
function otherLink(view: LinkView, balancerId: string): string | undefined {
  const { links } = view.region.region;
  const kind = view.kind;
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
