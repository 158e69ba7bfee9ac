import { InvalidInputError } from '../../ground/errors.js';
import { ROUTE_KEY } from '../../do/forms/text-rules.js';
import type { OpenApiForm } from '../../do/kinds/cloud/declared.js';
import { membersOf, readData, referred, type Members } from '../source/read-data.js';

/** What a spec takes from an OpenAPI document. */
export interface OpenApiRoutes {
  /** Route keys in the order of the document: `GET /orders/{id}`. */
  readonly routes: readonly string[];
  /** What the document names literally, each once, sorted. */
  readonly links: readonly string[];
  readonly targets: readonly string[];
  /** What is not taken, and why: sentences without a full stop. */
  readonly left: readonly string[];
}

/** Members of a path that are operations. Those of TRACE and QUERY are no routes of gateways. */
const METHODS: readonly string[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace', 'query'];

/**
 * The routes of an OpenAPI document, 2.0 or later, in JSON or YAML. Where operations say where their calls go (`form`), those alone
 * are taken that lead into a network, and with `link` those that name this link.
 * @throws {InvalidInputError} `INVALID_INPUT` for a text without `paths`, or without an operation that can be a route.
 * @see https://spec.openapis.org/oas/v3.1.0#paths-object
 */
export function openApiRoutes(
  text: string,
  {
    file,
    form,
    link: only,
  }: { readonly file: string; readonly form?: OpenApiForm | undefined; readonly link?: string | undefined },
): OpenApiRoutes {
  const document = membersOf(readData(text));
  const paths = membersOf(document?.['paths']);
  if (document === undefined || paths === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${file} is not an OpenAPI document: it has no \`paths\``, {
      remedy: 'Name a document of OpenAPI 3 or Swagger 2, in JSON or YAML.',
    });
  }

  const operations = operationsOf(document, paths, form);
  const stated = operations.filter(({ integration }) => integration !== undefined);
  const leadOf = (integration: Members | undefined) =>
    integration === undefined ? undefined : form?.leadOf(integration);
  const isPrivate = ({ integration }: Operation): boolean => {
    const lead = leadOf(integration);
    return lead !== undefined && (only === undefined || lead.link === undefined || lead.link === only);
  };
  const wanted = stated.length === 0 ? operations : operations.filter(isPrivate);
  const [routes, unfit] = [
    wanted.filter(({ key }) => ROUTE_KEY.test(key)),
    wanted.filter(({ key }) => !ROUTE_KEY.test(key)),
  ];
  const left = [
    ...leftOut(
      operations.filter((one) => !wanted.includes(one)),
      `they lead into no network${only === undefined ? '' : `, or not by ${only}`}`,
    ),
    ...leftOut(unfit, 'gateways have no such routes'),
    ...basePathsOf(document).map((base) => `routes do not begin with ${base}, the path of the server in ${file}`),
  ];
  if (routes.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', `${file} has no operation that can be a route`, {
      remedy: left.length === 0 ? 'Add an operation to `paths`.' : `Not taken: ${left.join('; ')}.`,
    });
  }

  const leads = routes.flatMap(({ integration }) => leadOf(integration) ?? []);
  const each = (values: readonly (string | undefined)[]) =>
    [...new Set(values.filter((one): one is string => one !== undefined))].toSorted();
  return {
    routes: [...new Set(routes.map(({ key }) => key))],
    links: each(leads.map(({ link }) => link)),
    targets: each(leads.map(({ target }) => target)),
    left,
  };
}

interface Operation {
  readonly key: string;
  /** Undefined: the operation does not say where its calls go. */
  readonly integration: Members | undefined;
}

function operationsOf(document: Members, paths: Members, form: OpenApiForm | undefined): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, item]) => {
    const rooted = path.startsWith('/') ? path : `/${path}`;
    return Object.entries(membersOf(referred(document, item)) ?? {}).flatMap(
      ([member, value]): readonly Operation[] => {
        const isAny = member === form?.anyMethod;
        if (!isAny && !METHODS.includes(member)) return [];

        const integration =
          form === undefined ? undefined : membersOf(referred(document, membersOf(value)?.[form.integration]));
        const key = rooted === '/$default' ? '$default' : `${isAny ? 'ANY' : member.toUpperCase()} ${rooted}`;
        return [{ key, integration }];
      },
    );
  });
}

function leftOut(operations: readonly Operation[], because: string): readonly string[] {
  if (operations.length === 0) return [];

  return [`left out, because ${because}: ${operations.map(({ key }) => key).join(', ')}`];
}

/** The paths of the servers, which no route begins with: `/v1`. */
function basePathsOf({ basePath, servers }: Members): readonly string[] {
  const urls = Array.isArray(servers) ? servers.map((one) => membersOf(one)?.['url']) : [basePath];
  const paths = urls.flatMap((url) =>
    typeof url === 'string' ? url.replace(/^[a-z+.-]+:\/\/[^/]*/i, '').replace(/(?<!\/)\/+$/, '') : [],
  );
  return [...new Set(paths.filter((one) => one !== ''))];
}
