import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/exists`. */
export const targetExistsWords = {
  title: 'The target is there, or is made on demand',
  about:
    'The listener or discovery service that a target names is looked for in the snapshot. A load balancer that is there and has no ' +
    'listener on the port is told the ports that it does listen on. Targets of an API group are authorisations, which a plan makes on ' +
    'demand: whether what stands behind them is there is a question of other checks. So is what an ARN says by itself: that it names ' +
    'something else than a listener or service (`target/kind`), or one of another region or account (`target/region`, `target/account`).',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
  ],
  says: {
    NOT_RESOLVED: ({ message, remedy }: { readonly message: string; readonly remedy?: string | undefined }) => ({
      message: message,
      remedy: remedy,
    }),
    EXISTS: ({ message }: { readonly message: string }) => message,
  },
} satisfies CheckWords;
