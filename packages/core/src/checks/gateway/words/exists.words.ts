import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/exists`. */
export const gatewayExistsWords = {
  title: 'The gateway exists and is of the declared kind',
  about:
    'The check looks up the API or API group of an integration in the snapshot and compares its kind: an HTTP API is not a REST API. ' +
    '`postern apply` never creates a gateway, so every route of a gateway that does not exist fails.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html'],
  says: {
    NOT_RESOLVED: ({ message, remedy }: { readonly message: string; readonly remedy?: string | undefined }) => ({
      message: message,
      remedy: remedy,
    }),
    EXISTS: ({ kind }: { readonly kind: string }) => `it exists and is of kind ${kind}`,
  },
} satisfies CheckWords;
