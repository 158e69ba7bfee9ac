import type { CheckWords } from '../../findings/statement.js';

/** The texts of `gateway/exists`. */
export const gatewayExistsWords = {
  title: 'The gateway is there, and of the kind that the spec says',
  about:
    'The API or API group that an integration names is looked for in the snapshot, together with its kind: an HTTP API is no REST API. ' +
    'Gateways are never created, so that one that is not there fails every route that leads through it.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html'],
  says: {
    NOT_RESOLVED: ({ message, remedy }: { readonly message: string; readonly remedy?: string | undefined }) => ({
      message: message,
      remedy: remedy,
    }),
    EXISTS: ({ kind }: { readonly kind: string }) => `it is there, of kind ${kind}`,
  },
} satisfies CheckWords;
