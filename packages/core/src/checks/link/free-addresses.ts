import { part } from '../../findings/subject.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

/**
 * Below this many free addresses a subnet is nearly full. How many a link takes in each of its subnets is published by neither
 * cloud; load balancers of AWS ask for eight.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const FEW_ADDRESSES = 8;

/** `link/free-addresses`. */
export const freeAddresses: Check = {
  id: 'link/free-addresses',
  title: 'Each subnet of the link has addresses left',
  severity: 'error',
  about:
    'A link takes at least one private address of each of its subnets, also when it wakes from inactivity or is replaced. In a full ' +
    'subnet it cannot be made or made again: an error, and a warning while the link is ready, since calls take no new address. Fewer than eight free addresses are a warning: how many a link takes is published by ' +
    'neither cloud.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      if (missing !== undefined) {
        yield unsure(aboutLink(view), `the subnets of link ${view.name} have addresses left`, missing);
      }
      for (const subnet of found) {
        const { id, freeAddresses: free } = subnet;
        const about = aboutLink(view, part('subnet', id));
        if (free === undefined) {
          const fact = view.region.missing('subnets', id) ?? {
            what: `how many addresses of ${id} are free`,
            remedy: `Look at the free addresses of ${id} in the cloud's console.`,
          };
          yield unsure(about, `${id} has addresses left`, fact, { evidence: [subnetEvidence(subnet)] });
        } else if (free >= FEW_ADDRESSES) {
          yield holds(input, about, () => ({
            message: `${id} has ${free} free addresses`,
            evidence: [subnetEvidence(subnet, `${free} addresses free`)],
          }));
        } else yield nearlyFull(view, subnet, free);
      }
    }
  },
};

function nearlyFull(view: LinkView, subnet: Subnet, free: number) {
  const { id, networkId } = subnet;
  const others = subnetsThatWouldDo(view.region, networkId, { ids: new Set(view.subnetIds) });
  const instead = others.length === 0 ? 'use a larger subnet' : `use another subnet, such as ${others.join(', ')}`;
  return fails(aboutLink(view, part('subnet', id)), {
    message:
      free === 0
        ? `${id} has no free address left: link ${view.name} cannot be made, or made again, there`
        : `${id} has ${free} free ${free === 1 ? 'address' : 'addresses'} left, which may be too few for link ${view.name}`,
    evidence: [subnetEvidence(subnet, `${free} addresses free`)],
    remedy: `Free addresses in ${id}, or ${instead}.`,
    severity: free === 0 && view.link?.state !== 'ready' ? 'error' : 'warning',
  });
}
