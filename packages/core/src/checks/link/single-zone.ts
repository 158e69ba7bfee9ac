import type { Check } from '../../findings/check.js';
import { isNew, linkText, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { insteadOfNew, isOnSale } from '../sale.js';
import { replacementText, subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

/** `link/single-zone`. */
export const singleZone: Check = {
  id: 'link/single-zone',
  title: 'The link stands in two zones',
  severity: 'warning',
  about:
    'A link whose subnets all lie in one zone stops with that zone. Its subnets can never be changed, so it has to be replaced: ' +
    '`postern apply` makes a new link, moves the routes one by one and deletes the old one.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      const zones = new Set(found.map(({ zone }) => zone));
      const evidence = found.map((subnet) => subnetEvidence(subnet));
      const about = aboutLink(view);
      if (zones.size > 1) {
        yield holds(input, about, () => ({
          message: `${linkText(view)} stands in ${[...zones].join(' and ')}`,
          evidence,
        }));
      } else if (missing !== undefined) {
        yield unsure(about, `link ${view.name} stands in two zones`, missing, { evidence });
      } else if (found[0] !== undefined) {
        const [{ networkId, zone }] = found as readonly [(typeof found)[0], ...typeof found];
        const [other] = subnetsThatWouldDo(view.region, networkId, { zones });
        yield fails(about, {
          message: `${linkText(view)} stands in ${zone} only and stops with that zone`,
          evidence,
          remedy:
            !isNew(view) && !isOnSale(view, input.now)
              ? `Where that is not enough, ${insteadOfNew(view, 'one that stands in two zones')}.`
              : other === undefined
                ? `Make a subnet of ${networkId} in another zone that serves links, then ${replacementText(view)}.`
                : `Add a subnet in another zone, such as ${other}: ${replacementText(view)}.`,
        });
      }
    }
  },
};
