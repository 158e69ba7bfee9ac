/** Checks whose shows are no rows of a table, by what the show is: it stands in a test of its own. */
export const APART = {
  'link/service-role': 'the first purchase makes the role',
  // Nobody heals it: the product ends on its day, and the remedy leads to another product.
  'link/retiring': 'counts the days to the end from the day of the snapshot',
} as const;
