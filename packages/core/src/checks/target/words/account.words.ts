import type { CheckWords } from '../../../findings/statement.js';
import { arnSays } from './arn.words.js';

/** The texts of `target/account`. */
export const targetAccountWords = {
  title: 'The target is in the account of the link',
  about:
    'On AWS the link, the API and the load balancer (or Cloud Map service) are in one account. ' +
    'A listener in another account is rejected, even if its subnets are shared.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    ...arnSays,
    ACCOUNT_NOT_READ: () => 'the target is in the account of the link',
    OTHER_ACCOUNT: ({
      account,
      link,
      linkAccount,
    }: {
      readonly account: string;
      readonly link: string;
      readonly linkAccount: string;
    }) => ({
      message: `the target is in account ${account}, and link ${link} is in account ${linkAccount}`,
      remedy: `Use a load balancer in account ${linkAccount} in front of the target, or a link and an API in account ${account}.`,
    }),
  },
} satisfies CheckWords;
