import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/exists`. */
export const targetExistsWords = {
  title: 'The target exists, or a plan creates it',
  about:
    'The snapshot is searched for the listener or discovery service that a target names. If the load balancer exists but has no ' +
    'listener on the port, the ports of its listeners are reported. Targets of an API group are authorizations, which a plan creates ' +
    'on demand. Other checks evaluate whether the backend of an authorization exists. They also evaluate the ARN itself: ' +
    'a resource that is not a listener or service (`target/kind`), or one in another region or account (`target/region`, `target/account`).',
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
