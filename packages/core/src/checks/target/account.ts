import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { fails, unsure } from '../../findings/outcome.js';
import { arnTargets, rightPlace } from './arn.js';

/** `target/account`. */
export const targetAccount: Check = {
  id: 'target/account',
  title: "The target is the link's own account's",
  severity: 'error',
  about:
    'On AWS the link, the API and the load balancer (or Cloud Map service) live in one account. A listener of another account is ' +
    'refused, also where its subnets are shared.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  *run(input) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region, missing } = integration.link.region;
      const { account } = region;
      const unread = region.unread === undefined ? undefined : missing('links');
      if (unread !== undefined) {
        yield unsure(aboutTarget(integration, target), "the target is of the link's account", unread);
      } else if (arn.account === account)
        yield rightPlace(input, integration, target, text, `it is of account ${account}`);
      else {
        yield fails(aboutTarget(integration, target), {
          message: `the target is of account ${arn.account}, link ${integration.link.name} of ${account}`,
          evidence: [{ kind: 'target', id: text, text: `account ${arn.account}` }],
          remedy: `Use a load balancer of account ${account} in front of it, or a link and API of account ${arn.account}.`,
        });
      }
    }
  },
};
