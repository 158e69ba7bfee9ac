/** What takes the place of a product, and the page that says how to get there. */
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

/** What a provider offers in the place of the product that its links are of, where it takes that back. */
export function successorOf(provider: string): Successor | undefined {
  return SUCCESSORS.get(provider);
}
