import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import type { Subnet } from '../../../do/model/network.js';
import type { LinkView } from '../../../do/world/views.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { subnetsOf, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import { defineCheck } from '../define-check.js';

/**
 * Below this many free addresses a subnet is nearly full. Neither cloud publishes how many a link needs in each of its
 * subnets; load balancers of AWS need eight.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const FEW_ADDRESSES = 8;

const CODES = {
  SUBNETS_NOT_READ: unknown('the subnets of link {link} have free addresses'),
  ADDRESSES_NOT_READ: unknown('{id} has free addresses'),
  ADDRESSES_LEFT: pass('{id} has {free} free addresses'),
  ADDRESSES_SHORT: fail(
    '{id} has [if free=0: no free address: link {link} cannot be created or replaced there|{free} free {free?address:addresses}, which may be too few for link {link}]',
    'Free addresses in {id}, or use [another subnet, such as {others}|a larger subnet].',
  ),
};

export const freeAddresses = defineCheck({
  id: 'link/free-addresses',
  severity: 'error',
  title: 'Each subnet of the link has free addresses',
  about:
    'A link needs at least one private address in each of its subnets, also when it leaves INACTIVE or is ' +
    'replaced. In a full subnet a link cannot be created or replaced, which is an error. It is a warning ' +
    'while the link is ready, because calls need no new address. Fewer than eight free addresses are a ' +
    'warning, because clouds do not publish how many addresses a link needs.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;

      const { found, missing } = subnetsOf(view);
      if (missing !== undefined) {
        yield say.SUBNETS_NOT_READ(aboutLink(view), { link: view.name }, missing);
      }
      for (const subnet of found) {
        const { id, freeAddresses: free } = subnet;
        const about = aboutLink(view, part('subnet', id));
        if (free === undefined) {
          const fact = view.region.missing('subnets', id) ?? {
            what: `the number of free addresses of ${id}`,
            remedy: `Check the number of free addresses of ${id} in the cloud's console.`,
          };
          yield say.ADDRESSES_NOT_READ(about, { id }, fact, [subnetEvidence(subnet)]);
        } else if (free >= FEW_ADDRESSES) {
          yield say.ADDRESSES_LEFT(about, { id, free }, [subnetEvidence(subnet, `${free} addresses free`)]);
        } else yield nearlyFull(say, view, subnet, free);
      }
    }
  },
});

function nearlyFull(say: Say<typeof CODES>, view: LinkView, subnet: Subnet, free: number) {
  const { id, networkId } = subnet;
  const others = subnetsThatWouldDo(view.region, networkId, { ids: new Set(view.subnetIds) });
  return say.ADDRESSES_SHORT(
    aboutLink(view, part('subnet', id)),
    { free, id, link: view.name, othersCount: others.length, others },
    {
      evidence: [subnetEvidence(subnet, `${free} addresses free`)],
      severity: free === 0 && view.link?.state !== 'ready' ? 'error' : 'warning',
    },
  );
}
