/** A spec of another project with the same links, gateways and routes. */
export function asRival(text: string): string {
  return text
    .replace('project: shop\nspec: shop-7f3k2q\n', 'project: rival\nspec: rival-1a2b3c\n')
    .replace(/^moved: .*\n/m, '');
}
