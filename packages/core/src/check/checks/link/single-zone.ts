import { isMisnamed, isNew, linkText, standsInSubnets } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { soldOut } from '../sale.js';
import { subnetsOf, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import type { LinkView } from '../../../do/world/views.js';
import { defineCheck } from '../define-check.js';
import { insteadOfNew } from '../sale.words.js';

/** `link/single-zone`. */
export const singleZone = defineCheck({
  id: 'link/single-zone',
  severity: 'warning',
  title: 'The link is in two zones',
  about:
    'A link whose subnets are all in one zone fails when that zone fails. Its subnets never change, so the link has to be replaced: ' +
    '`postern apply` creates a new link, moves the routes one by one and deletes the old link.',
  codes: ['SEVERAL_ZONES', 'SUBNETS_NOT_READ', 'SINGLE_ZONE'],
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view) || areMisnamed(view)) continue;
      const { found, missing } = subnetsOf(view);
      const zones = new Set(found.map(({ zone }) => zone));
      const evidence = found.map((subnet) => subnetEvidence(subnet));
      const about = aboutLink(view);
      if (zones.size > 1) {
        yield say.pass(
          about,
          'SEVERAL_ZONES',
          () => ({ linkText: linkText(view), zones: [...zones] }),
          (p) => ({ message: `${p.linkText} is in ${p.zones.join(' and ')}`, evidence }),
        );
      } else if (missing !== undefined) {
        yield say.unknown(about, 'SUBNETS_NOT_READ', { link: view.name }, missing, (p) => ({
          whether: `link ${p.link} is in two zones`,
          evidence,
        }));
      } else if (found[0] !== undefined) {
        const [{ networkId, zone }] = found as readonly [(typeof found)[0], ...typeof found];
        const [other] = subnetsThatWouldDo(view.region, networkId, { zones });
        yield say.fail(
          about,
          'SINGLE_ZONE',
          {
            linkText: linkText(view),
            zone,
            soldOut: isNew(view) ? undefined : soldOut(view, input.now),
            other,
            networkId,
            link: view.name,
            isExternal: view.spec.owner === 'external',
            isNamed: view.spec.id !== undefined,
          },
          ({ linkText, zone, soldOut, other, networkId, ...place }) => ({
            message: `${linkText} is in ${zone} only and fails when that zone fails`,
            remedy:
              soldOut !== undefined
                ? `If one zone is not enough, ${insteadOfNew(soldOut, 'an instance in two zones')}.`
                : other === undefined
                  ? `Create a subnet of ${networkId} in another zone where links are available, then ${replacementText(place)}.`
                  : `Add a subnet in another zone, such as ${other}: ${replacementText(place)}.`,
            evidence,
          }),
        );
      }
    }
  },
});

/** Whether the spec names subnets for a new link that do not exist: what else is wrong with the link decides nothing about zones. */
function areMisnamed(view: LinkView): boolean {
  const path = `links.${view.name}.subnets`;
  return isMisnamed(view) && view.troubles.some((one) => one.verdict === 'fail' && one.path.startsWith(path));
}

interface Place {
  readonly link: string;
  readonly isExternal: boolean;
  /** Whether the spec names it by its ID. */
  readonly isNamed: boolean;
}

/** How a link gets other subnets, which never change. */
function replacementText({ link, isExternal, isNamed }: Place): string {
  if (isExternal) return 'ask the owner of the link to replace it';
  return isNamed
    ? `write subnets instead of links.${link}.id and run \`postern apply\`, which moves the routes to a new link`
    : `write it under links.${link}.subnets and run \`postern apply\`, which replaces the link without losing a call`;
}
