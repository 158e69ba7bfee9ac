import { stating, type Judgement } from '../../findings/statement.js';
import type { serviceRoleWords } from './service-role.words.js';
import { isNew, kindOf, linkText } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof serviceRoleWords)['says']>();

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** `link/service-role`. */
export const serviceRole: Judgement = {
  id: 'link/service-role',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (kindOf(view) !== 'integration-instance') continue;
      if (view.link === undefined && !isNew(view)) continue;
      const about = aboutLink(view);
      const role = view.region.region.serviceRoles?.find(({ name }) => name === ROLE);
      const evidence = [
        { kind: 'service-linked role', id: ROLE, text: role?.exists === true ? 'exists' : 'does not exist' },
      ];
      if (role === undefined) {
        const missing = view.region.missing('serviceRoles', ROLE) ?? {
          what: `whether the role ${ROLE} exists`,
          remedy: `Ask RAM for the role ${ROLE} (GetRole).`,
        };
        yield unsure(about, 'ROLE_NOT_READ', { linkText: linkText(view) }, missing);
      } else if (role.exists) {
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
