import type { CheckWords } from '../../findings/statement.js';

/** The texts of `gateway/route-owner`. */
export const routeOwnerWords = {
  title: "No route that is to be made stands in somebody else's place",
  about:
    'A gateway has one route for each method and path. One that is not of this project is never changed: where it leads elsewhere than ' +
    'the spec declares, or in another way, `postern plan` refuses to make the declared one. A route that leads where it should already is left alone. Of an ' +
    'API group drafts count, too, which nobody can call yet.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  says: {
    ROUTES_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the routes of ${integration} are in nobody's place`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} leads where it should already`,
    ROUTE_TAKEN: ({
      message,
      key,
      remedy,
    }: {
      readonly message: string;
      readonly key: string;
      readonly remedy: string;
    }) => ({
      message: `${message}, and leads elsewhere than declared: \`postern apply\` refuses to make ${key}`,
      remedy: remedy,
    }),
    ROUTES_FREE: ({ integration }: { readonly integration: string }) =>
      `no route of ${integration} is in anybody's place`,
  },
} satisfies CheckWords;
