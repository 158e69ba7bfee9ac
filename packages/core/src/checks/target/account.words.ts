import type { CheckWords } from '../../findings/statement.js';
import { arnSays } from './arn.words.js';

/** The texts of `target/account`. */
export const targetAccountWords = {
  title: "The target is the link's own account's",
  about:
    'On AWS the link, the API and the load balancer (or Cloud Map service) live in one account. A listener of another account is ' +
    'refused, also where its subnets are shared.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    ...arnSays,
    ACCOUNT_NOT_READ: () => "the target is of the link's account",
    OTHER_ACCOUNT: ({
      account,
      link,
      linkAccount,
    }: {
      readonly account: string;
      readonly link: string;
      readonly linkAccount: string;
    }) => ({
      message: `the target is of account ${account}, link ${link} of ${linkAccount}`,
      remedy: `Use a load balancer of account ${linkAccount} in front of it, or a link and API of account ${account}.`,
    }),
  },
} satisfies CheckWords;
