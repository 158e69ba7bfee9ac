import { pass } from '../../../do/findings/say.js';
import { notResolved, NOT_RESOLVED } from '../not-resolved.js';
import { aboutLink } from '../../../do/findings/subject.js';
import type { LinkView, Unresolved } from '../../../do/world/views.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { defineCheck } from '../define-check.js';

/** A link that the spec adopts, and all other resources that it names for a link, must exist. */
export const linkExists = defineCheck({
  id: 'link/exists',
  severity: 'error',
  title: 'The link and the resources that the spec names for it exist',
  about:
    'The check looks in the snapshot for the link that `id` names, or that a look-up by name or tag finds. It ' +
    'also looks for the network, the subnets and the security groups of the link, or for the load balancer ' +
    'that the link leads to. A resource does not exist if a list that was read to its end lacks it. Where a ' +
    'call was refused, the verdict is unknown and names the permission. A link that the spec declares with ' +
    'subnets or a load balancer need not exist yet: it would be created.',
  codes: {
    ...NOT_RESOLVED,
    EXISTS: pass('[it exists: {linkId}|all resources that it would be created from exist]'),
  },
  *run({ links }, say) {
    for (const view of links) {
      const { name, link } = view;
      const about = aboutLink(view);
      // That a group is of another network is for link/group-network to say: it is there.
      const troubles = view.troubles.filter((one) => !isOfGroup(view, one));
      const worst = troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
      if (worst !== undefined) {
        const { verdict } = worst;
        // A failed read is less specific than a missing resource, and may concern the same resource.
        const reported = troubles.filter((one) => one.verdict === verdict);
        const messages = distinct(reported.map(({ message }) => message));
        const remedies = distinct(reported.flatMap(({ remedy }) => remedy ?? []));
        yield notResolved(
          about,
          {
            verdict,
            message: messages.join('; '),
            remedy: remedies.length === 0 ? undefined : remedies.join(' '),
            missing: reported.find(({ missing }) => missing !== undefined)?.missing,
          },
          reported.map(({ code, message }) => ({ kind: 'spec', id: `links.${name}`, text: `${code}: ${message}` })),
          { errors: distinct(reported.map(({ code }) => code)), troubles: messages, remedies },
        );
      } else {
        yield say.EXISTS(
          about,
          { hasLink: link !== undefined, linkId: link?.id },
          link === undefined ? [] : [{ kind: 'link', id: link.id, text: link.name }],
        );
      }
    }
  },
});

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Whether the problem is that a group of a link to be created is of another network, as the plan reports it. */
function isOfGroup(view: LinkView, { code, details }: Unresolved): boolean {
  if (code !== 'WRONG_NETWORK' || view.link !== undefined || view.networkId === undefined || !standsInSubnets(view))
    return false;

  return view.securityGroupIds.some((id) => {
    const group = view.region.find('securityGroups', id);
    return group.is === 'found' && group.value.networkId !== view.networkId && details?.['securityGroup'] === id;
  });
}
