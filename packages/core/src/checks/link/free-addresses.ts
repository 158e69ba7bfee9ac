import { stating, type Judgement } from '../../findings/statement.js';
import type { freeAddressesWords } from './words/free-addresses.words.js';
import { part } from '../../findings/subject.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import { standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof freeAddressesWords)['says']>();

/**
 * Below this many free addresses a subnet is nearly full. Neither cloud publishes how many a link needs in each of its
 * subnets; load balancers of AWS need eight.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const FEW_ADDRESSES = 8;

/** `link/free-addresses`. */
export const freeAddresses: Judgement = {
  id: 'link/free-addresses',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      if (missing !== undefined) {
        yield unsure(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, missing);
      }
      for (const subnet of found) {
        const { id, freeAddresses: free } = subnet;
        const about = aboutLink(view, part('subnet', id));
        if (free === undefined) {
          const fact = view.region.missing('subnets', id) ?? {
            what: `the number of free addresses of ${id}`,
            remedy: `Check the number of free addresses of ${id} in the cloud's console.`,
          };
          yield unsure(about, 'ADDRESSES_NOT_READ', { id }, fact, { evidence: [subnetEvidence(subnet)] });
        } else if (free >= FEW_ADDRESSES) {
          yield holds(input, about, 'ADDRESSES_LEFT', () => ({
            params: { id, free },
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
  return fails(aboutLink(view, part('subnet', id)), 'ADDRESSES_SHORT', {
    params: { free, id, link: view.name, othersCount: others.length, others },
    evidence: [subnetEvidence(subnet, `${free} addresses free`)],
    severity: free === 0 && view.link?.state !== 'ready' ? 'error' : 'warning',
  });
}
