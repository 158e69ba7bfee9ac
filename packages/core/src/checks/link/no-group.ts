import { stating, type Judgement } from '../../findings/statement.js';
import type { noGroupWords } from './words/no-group.words.js';
import { isNew, kindTraitsOf, linkText, standsInSubnets, unreadOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof noGroupWords)['says']>();

/** `link/no-group`. */
export const noGroup: Judgement = {
  id: 'link/no-group',
  severity: 'warning',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      const unread = unseen(view) ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield unsure(about, 'GROUPS_NOT_READ', { link: view.name }, unread);
        continue;
      }
      if (view.link === undefined && !isNew(view)) continue;
      // Postern creates a group with the allowlist; a group that could not be looked up is not missing.
      const comes =
        isNew(view) && view.spec.allowlist !== undefined && kindTraitsOf(view).allowlist === 'security group';
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;
      const evidence = [
        { kind: 'link', id: view.link?.id ?? view.name, text: groupsText(view.securityGroupIds, comes) },
      ];
      if (view.securityGroupIds.length > 0 || comes) {
        yield holds(input, about, 'GROUP_NAMED', () => ({ params: { linkText: linkText(view) }, evidence }));
        continue;
      }
      yield fails(about, 'NO_GROUP', {
        params: { linkText: linkText(view), link: view.name },
        evidence,
        severity: isNew(view) && kindTraitsOf(view).groupPerZone ? 'error' : 'warning',
      });
    }
  },
};

function groupsText(ids: readonly string[], comes: boolean): string {
  if (ids.length > 0) return `security groups ${ids.join(', ')}`;
  return comes ? 'gets a security group of its own for its allowlist' : 'no security groups';
}
