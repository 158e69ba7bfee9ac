import { stating, type Judgement } from '../../findings/statement.js';
import type { singleZoneWords } from './words/single-zone.words.js';
import { isMisnamed, isNew, linkText, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { soldOut } from '../sale.js';
import { subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof singleZoneWords)['says']>();

/** `link/single-zone`. */
export const singleZone: Judgement = {
  id: 'link/single-zone',
  severity: 'warning',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view) || isMisnamed(view)) continue;
      const { found, missing } = subnetsOf(view);
      const zones = new Set(found.map(({ zone }) => zone));
      const evidence = found.map((subnet) => subnetEvidence(subnet));
      const about = aboutLink(view);
      if (zones.size > 1) {
        yield holds(input, about, 'SEVERAL_ZONES', () => ({
          params: { linkText: linkText(view), zones: [...zones] },
          evidence,
        }));
      } else if (missing !== undefined) {
        yield unsure(about, 'SUBNETS_NOT_READ', { link: view.name }, missing, { evidence });
      } else if (found[0] !== undefined) {
        const [{ networkId, zone }] = found as readonly [(typeof found)[0], ...typeof found];
        const [other] = subnetsThatWouldDo(view.region, networkId, { zones });
        yield fails(about, 'SINGLE_ZONE', {
          params: {
            linkText: linkText(view),
            zone,
            soldOut: isNew(view) ? undefined : soldOut(view, input.now),
            other,
            networkId,
            link: view.name,
            isExternal: view.spec.owner === 'external',
            isNamed: view.spec.id !== undefined,
          },
          evidence,
        });
      }
    }
  },
};
