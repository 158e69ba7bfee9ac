import type { GetMethodCommandOutput, PutRestApiCommandOutput } from '@aws-sdk/client-api-gateway';
import { petsApi, type PetsWorld } from './rest-world.js';

export interface ImportWorld extends PetsWorld {
  readonly put: (document: unknown, more?: object) => Promise<PutRestApiCommandOutput>;
  /** `GET /pets`, …, of an API. */
  readonly methods: (api?: string) => Promise<string[]>;
  /** A method as the service has it. */
  readonly readMethod: (
    path: string,
    httpMethod?: string,
    api?: string,
  ) => Promise<Omit<GetMethodCommandOutput, '$metadata'>>;
}

export const bytes = (document: unknown): Uint8Array =>
  new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document));

const EXTENSION = 'x-amazon-apigateway-integration';

/** A method with a MOCK integration, or another one. */
export const mock = (more: object = {}, integration: object = {}) => ({
  responses: { 200: { description: 'fine' } },
  [EXTENSION]: { type: 'mock', ...integration },
  ...more,
});

/** A document of OpenAPI 3 with these paths. */
export const openApi = (paths: object, more: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'imported', version: '1.0' },
  paths,
  ...more,
});

/** The pets API of {@link petsApi}, and ways to import into it. */
export async function importWorld(world?: PetsWorld): Promise<ImportWorld> {
  const pets = world ?? (await petsApi());
  const { apiGateway, restApiId } = pets;
  const put = (document: unknown, more: object = {}) =>
    apiGateway.putRestApi({ restApiId, body: bytes(document), ...more });
  /** `GET /pets`, …, of an API. */
  const methods = async (api = restApiId) => {
    const { items = [] } = await apiGateway.getResources({ restApiId: api });
    return items
      .flatMap(({ path, resourceMethods = {} }) => Object.keys(resourceMethods).map((verb) => `${verb} ${path}`))
      .sort();
  };
  /** A method as the service has it. */
  const method = async (path: string, httpMethod = 'GET', api = restApiId) => {
    const { items = [] } = await apiGateway.getResources({ restApiId: api });
    const { $metadata: _, ...row } = await apiGateway.getMethod({
      restApiId: api,
      resourceId: items.find((item) => item.path === path)?.id,
      httpMethod,
    });
    return row;
  };
  return { ...pets, put, methods, readMethod: method };
}

/** Nine lists of nine aliases each: 387 million items. */
export const BOMB = [
  'openapi: 3.0.1',
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`),
].join('\n');
