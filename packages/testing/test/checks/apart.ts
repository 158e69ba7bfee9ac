/** Checks whose shows are not rows of a table: the show has its own test, with this title. */
export const APART = {
  'link/service-role': 'the first purchase creates the role',
  // No remedy clears it: the product ends on its date, and the remedy names another product.
  'link/retiring': 'counts the days to the end from the day of the snapshot',
  // The account of the table has an HTTP API and a link V2: what was read of it is changed.
  'link/load-balancer': 'a link V1 needs a network load balancer',
  'gateway/stage-variable': 'a stage without the variable of a route',
  'gateway/undeployed': 'a canary on a stage that needs a deployment',
} as const;
