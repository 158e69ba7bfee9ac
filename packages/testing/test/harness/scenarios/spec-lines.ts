/** Lines of a spec of a shop. */
export type LinesOf<Shop> = (shop: Shop) => string;

const HEAD = 'version: 1\nproject: shop\nspec: shop-7f3k2q\n';

export const spec =
  <Shop>(links: readonly LinesOf<Shop>[], integrations: readonly LinesOf<Shop>[], more = ''): LinesOf<Shop> =>
  (shop) =>
    `${HEAD}links:\n${links.map((line) => line(shop)).join('')}integrations:\n${integrations.map((line) => line(shop)).join('')}${more}`;

/** Lines of the key `moved`. */
export const moved = (from: string, to: string): string => `moved: [{ from: ${from}, to: ${to} }]\n`;
