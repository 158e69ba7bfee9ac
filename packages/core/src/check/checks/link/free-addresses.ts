import { part } from '../../../do/findings/subject.js';
import type { Subnet } from '../../../do/model/network.js';
import type { LinkView } from '../../../do/world/views.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { subnetsOf, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';

/**
 * Below this many free addresses a subnet is nearly full. Neither cloud publishes how many a link needs in each of its
 * subnets; load balancers of AWS need eight.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const FEW_ADDRESSES = 8;

/** `link/free-addresses`. */
export const freeAddresses = defineCheck({
  id: 'link/free-addresses',
  severity: 'error',
  title: 'Each subnet of the link has free addresses',
  about:
    'A link needs at least one private address in each of its subnets, also when it leaves INACTIVE or is ' +
    'replaced. In a full subnet a link cannot be created or replaced, which is an error. It is a warning ' +
    'while the link is ready, because calls need no new address. Fewer than eight free addresses are a ' +
    'warning, because clouds do not publish how many addresses a link needs.',
  codes: ['SUBNETS_NOT_READ', 'ADDRESSES_NOT_READ', 'ADDRESSES_LEFT', 'ADDRESSES_SHORT'],
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      if (missing !== undefined) {
        yield say.unknown(
          aboutLink(view),
          'SUBNETS_NOT_READ',
          { link: view.name },
          missing,
          (p) => `the subnets of link ${p.link} have free addresses`,
        );
      }
      for (const subnet of found) {
        const { id, freeAddresses: free } = subnet;
        const about = aboutLink(view, part('subnet', id));
        if (free === undefined) {
          const fact = view.region.missing('subnets', id) ?? {
            what: `the number of free addresses of ${id}`,
            remedy: `Check the number of free addresses of ${id} in the cloud's console.`,
          };
          yield say.unknown(about, 'ADDRESSES_NOT_READ', { id }, fact, (p) => ({
            whether: `${p.id} has free addresses`,
            evidence: [subnetEvidence(subnet)],
          }));
        } else if (free >= FEW_ADDRESSES) {
          yield say.pass(
            about,
            'ADDRESSES_LEFT',
            () => ({ id, free }),
            (p) => ({
              message: `${p.id} has ${p.free} free addresses`,
              evidence: [subnetEvidence(subnet, `${free} addresses free`)],
            }),
          );
        } else yield nearlyFull(say, view, subnet, free);
      }
    }
  },
});

function nearlyFull(say: Say, view: LinkView, subnet: Subnet, free: number) {
  const { id, networkId } = subnet;
  const others = subnetsThatWouldDo(view.region, networkId, { ids: new Set(view.subnetIds) });
  return say.fail(
    aboutLink(view, part('subnet', id)),
    'ADDRESSES_SHORT',
    { free, id, link: view.name, othersCount: others.length, others },
    (p) => ({
      message:
        p.free === 0
          ? `${p.id} has no free address: link ${p.link} cannot be created or replaced there`
          : `${p.id} has ${p.free} free ${p.free === 1 ? 'address' : 'addresses'}, which may be too few for link ${p.link}`,
      remedy: `Free addresses in ${p.id}, or ${p.othersCount === 0 ? 'use a larger subnet' : `use another subnet, such as ${p.others.join(', ')}`}.`,
      evidence: [subnetEvidence(subnet, `${free} addresses free`)],
      severity: free === 0 && view.link?.state !== 'ready' ? 'error' : 'warning',
    }),
  );
}
