/** The first five names, and the number of the others: `a and b`, `a, b, c, d, e and 3 more`. */
export function listed(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 0
    ? `${names.slice(0, 5).join(', ')} and ${more} more`
    : names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
