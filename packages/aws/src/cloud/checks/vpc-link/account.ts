import { aboutTarget, defineCheck } from '@postern/core/checks';
import { ARN_CODES, arnTargets, rightPlace } from './arn-targets.js';

/** `target/account`. */
export const targetAccount = defineCheck({
  id: 'target/account',
  severity: 'error',
  title: 'The target is in the account of the link',
  about:
    'On AWS the link, the API and the load balancer (or Cloud Map service) are in one account. ' +
    'A listener in another account is rejected, even if its subnets are shared.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: [...ARN_CODES, 'ACCOUNT_NOT_READ', 'OTHER_ACCOUNT'],
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region, missing } = integration.link.region;
      const { account } = region;
      const unread = region.unread === undefined ? undefined : missing('links');
      if (unread !== undefined) {
        yield say.unknown(
          aboutTarget(integration, target),
          'ACCOUNT_NOT_READ',
          {},
          unread,
          () => 'the target is in the account of the link',
        );
      } else if (arn.account === account)
        yield rightPlace(say, input, integration, target, text, `the target is in account ${account}`);
      else {
        yield say.fail(
          aboutTarget(integration, target),
          'OTHER_ACCOUNT',
          { account: arn.account, link: integration.link.name, linkAccount: account },
          (p) => ({
            message: `the target is in account ${p.account}, and link ${p.link} is in account ${p.linkAccount}`,
            remedy: `Use a load balancer in account ${p.linkAccount} in front of the target, or a link and an API in account ${p.account}.`,
            evidence: [{ kind: 'target', id: text, text: `account ${arn.account}` }],
          }),
        );
      }
    }
  },
});
