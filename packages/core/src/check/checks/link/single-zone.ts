import { fail, pass, unknown } from '../../../do/findings/say.js';
import { isMisnamed, isNew, linkText, standsInSubnets } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { soldOut } from '../sale.js';
import { subnetsOf, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import type { LinkView } from '../../../do/world/views.js';
import { defineCheck } from '../define-check.js';

const SUBNET =
  '[Add a subnet in another zone, such as {other}: |Create a subnet of {networkId} in another zone where links are available, then ]';

export const singleZone = defineCheck({
  id: 'link/single-zone',
  severity: 'warning',
  title: 'The link is in two zones',
  about:
    'A link whose subnets are all in one zone fails when that zone fails. Its subnets never change, so the link has to be replaced: `postern apply` creates a new link, moves the routes one by one and deletes the old link.',
  codes: {
    SEVERAL_ZONES: pass('{linkText} is in {zones:and}'),
    SUBNETS_NOT_READ: unknown('link {link} is in two zones'),
    SINGLE_ZONE: fail(
      '{linkText} is in {zone} only and fails when that zone fails',
      [
        'if soldOut: If one zone is not enough, write the ID of an instance in two zones as links.{link}.id (new instances are no longer sold), or move to {successor|the product that the provider offers instead}.',
        `if isExternal: ${SUBNET}ask the owner of the link to replace it.`,
        `if isNamed: ${SUBNET}write subnets instead of links.{link}.id and run \`postern apply\`, which moves the routes to a new link.`,
        `${SUBNET}write it under links.{link}.subnets and run \`postern apply\`, which replaces the link without losing a call.`,
      ],
      undefined,
      [
        'if soldOut: If one zone is not enough, move to {successor|the product that the provider offers instead}.',
        `${SUBNET}write it under links.{link}.subnets.`,
      ],
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view) || areMisnamed(view)) continue;

      const { found, missing } = subnetsOf(view);
      const zones = new Set(found.map(({ zone }) => zone));
      const evidence = found.map((subnet) => subnetEvidence(subnet));
      const about = aboutLink(view);
      if (zones.size > 1) {
        yield say.SEVERAL_ZONES(about, { linkText: linkText(view), zones: [...zones] }, evidence);
      } else if (missing !== undefined) {
        yield say.SUBNETS_NOT_READ(about, { link: view.name }, missing, evidence);
      } else if (found[0] !== undefined) {
        const [{ networkId, zone }] = found as readonly [(typeof found)[0], ...typeof found];
        const [other] = subnetsThatWouldDo(view.region, networkId, { zones });
        const sale = isNew(view) ? undefined : soldOut(view, input.now);
        yield say.SINGLE_ZONE(
          about,
          {
            linkText: linkText(view),
            zone,
            soldOut: sale,
            other,
            networkId,
            link: view.name,
            isExternal: view.spec.owner === 'external',
            isNamed: view.spec.id !== undefined,
          },
          { evidence, words: { successor: sale?.successor } },
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
