import { stating, type Judgement } from '../../findings/statement.js';
import type { serviceRoleWords } from './words/service-role.words.js';
import { isNew, kindTraitsOf, linkText } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof serviceRoleWords)['says']>();

/** `link/service-role`. */
export const serviceRole: Judgement = {
  id: 'link/service-role',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      const { serviceRole: role } = kindTraitsOf(view);
      if (role === undefined) continue;
      if (view.link === undefined && !isNew(view)) continue;
      const about = aboutLink(view);
      const found = view.region.region.serviceRoles?.find(({ name }) => name === role);
      const evidence = [
        { kind: 'service-linked role', id: role, text: found?.exists === true ? 'exists' : 'does not exist' },
      ];
      if (found === undefined) {
        const missing = view.region.missing('serviceRoles', role) ?? {
          what: `the role ${role}`,
          remedy: `Check in RAM whether the role ${role} exists (GetRole).`,
        };
        yield unsure(about, 'ROLE_NOT_READ', { linkText: linkText(view) }, missing);
      } else if (found.exists) {
        yield holds(input, about, 'ROLE_EXISTS', () => ({ params: {}, evidence }));
      } else {
        yield fails(about, 'ROLE_ABSENT', {
          params: { isNew: isNew(view), linkId: view.link?.id ?? view.name },
          evidence,
          severity: isNew(view) ? 'warning' : undefined,
        });
      }
    }
  },
};
