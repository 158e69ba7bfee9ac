/** The replacement of a product, and the page that describes the migration. */
export interface Successor {
  readonly name: string;
  readonly page: string;
}

const SUCCESSORS: ReadonlyMap<string, Successor> = new Map([
  [
    'alibaba',
    {
      name: 'Cloud-native API Gateway',
      page: 'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
    },
  ],
]);

/** The provider's replacement for the product of its links, where it retires that product. */
export function successorOf(provider: string): Successor | undefined {
  return SUCCESSORS.get(provider);
}
