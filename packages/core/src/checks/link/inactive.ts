import type { Check } from '../../findings/check.js';
import { kindOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `link/inactive`. */
export const linkInactive: Check = {
  id: 'link/inactive',
  title: 'The link has not fallen asleep',
  severity: 'error',
  about:
    'A VPC link V2 that carries no call for sixty days becomes INACTIVE: API Gateway deletes its network interfaces, and calls fail. ' +
    'The next calls start to make it anew, which takes minutes and needs free addresses; afterwards the link calls from other ' +
    'addresses. A call a day keeps it awake, and backends should let in its subnets or its security group, never single addresses.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  *run(input) {
    for (const view of input.links) {
      const { link } = view;
      const unread = kindOf(view) === 'vpc-link-v2' ? unseen(view) : undefined;
      if (unread !== undefined) yield unsure(aboutLink(view), `link ${view.name} is awake`, unread);
      if (link === undefined || kindOf(view) !== 'vpc-link-v2') continue;
      if (link.state !== 'ready' && link.state !== 'inactive') continue;
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield holds(input, aboutLink(view), () => ({ message: `link ${view.name} (${link.id}) is awake`, evidence }));
        continue;
      }
      yield fails(aboutLink(view), {
        message: `link ${view.name} (${link.id}) carried no call for sixty days and is inactive: calls fail, its interfaces are gone`,
        evidence,
        remedy:
          'Call one of its routes until it is ready again, which takes minutes, and call it every day from then on; its addresses will be others.',
      });
    }
  },
};
