import { fail, pass, unknown } from '../../../do/findings/say.js';
import { isNew, linkText, standsInSubnets, unreadOf, unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';

export const noGroup = defineCheck({
  id: 'link/no-group',
  severity: 'warning',
  title: 'The link has a security group',
  about:
    'A link without a security group of its own gets the default group of its network, as far as has been ' +
    'observed. Other resources share that group. Backends then cannot allow the link alone, and a change of ' +
    'the default group changes the link. The groups of a link never change, so the link is replaced.',
  codes: {
    GROUPS_NOT_READ: unknown('link {link} has a security group'),
    GROUP_NAMED: pass('{linkText} has a security group'),
    NO_GROUP: fail(
      '{linkText} has no security group of its own',
      'Write a security group that only this link uses under links.{link}.securityGroups, then run `postern apply`.',
      undefined,
      'Write a security group that only this link uses under links.{link}.securityGroups.',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;

      const about = aboutLink(view);
      const unread = unseen(view) ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield say.GROUPS_NOT_READ(about, { link: view.name }, unread);
        continue;
      }
      if (view.link === undefined && !isNew(view)) continue;

      // Postern creates a group with the allowlist; a group that could not be looked up is not missing.
      const comes = isNew(view) && view.spec.allowlist !== undefined && view.traits.allowlist === 'security group';
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;

      const evidence = [
        { kind: 'link', id: view.link?.id ?? view.name, text: groupsText(view.securityGroupIds, comes) },
      ];
      if (view.securityGroupIds.length > 0 || comes) {
        yield say.GROUP_NAMED(about, { linkText: linkText(view) }, evidence);
        continue;
      }

      yield say.NO_GROUP(
        about,
        { linkText: linkText(view), link: view.name },
        { evidence, severity: isNew(view) && view.traits.groupPerZone ? 'error' : 'warning' },
      );
    }
  },
});

function groupsText(ids: readonly string[], comes: boolean): string {
  if (ids.length > 0) return `security groups ${ids.join(', ')}`;

  return comes ? 'gets a security group of its own for its allowlist' : 'no security groups';
}
