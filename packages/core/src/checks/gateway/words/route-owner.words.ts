import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/route-owner`. */
export const routeOwnerWords = {
  title: 'No route key to be created is used by a route of another owner',
  about:
    'A gateway has one route for each method and path. Postern never changes a route that is not managed by this project. If such a ' +
    'route differs from the spec, `postern plan` refuses to create the declared route. A route that matches the spec is not changed. ' +
    'For an API group, drafts count too, although they cannot be called.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  says: {
    ROUTES_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the route keys of ${integration} are used by routes of other owners`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} matches the spec`,
    ROUTE_TAKEN: ({
      message,
      key,
      remedy,
    }: {
      readonly message: string;
      readonly key: string;
      readonly remedy: string;
    }) => ({
      message: `${message}, and differs from the spec: \`postern apply\` refuses to create ${key}`,
      remedy: remedy,
    }),
    ROUTES_FREE: ({ integration }: { readonly integration: string }) =>
      `the route keys of ${integration} are not used by routes of other owners`,
  },
} satisfies CheckWords;
