import { aboutTarget, defineCheck, fail, unknown } from '@postern/core/checks';
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
  codes: {
    ...ARN_CODES,
    ACCOUNT_NOT_READ: unknown('the target is in the account of the link'),
    OTHER_ACCOUNT: fail(
      'the target is in account {account}, and link {link} is in account {linkAccount}',
      'Use a load balancer in account {linkAccount} in front of the target, or a link and an API in account {account}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const about = aboutTarget(integration, target);
      const { region, missing } = integration.link.region;
      const { account } = region;
      const unread = region.unread === undefined ? undefined : missing('links');
      if (unread !== undefined) yield say.ACCOUNT_NOT_READ(about, {}, unread);
      else if (arn.account === account)
        yield rightPlace(say, input, integration, target, text, `the target is in account ${account}`);
      else {
        const params = { account: arn.account, link: integration.link.name, linkAccount: account };
        yield say.OTHER_ACCOUNT(about, params, [{ kind: 'target', id: text, text: `account ${arn.account}` }]);
      }
    }
  },
});
