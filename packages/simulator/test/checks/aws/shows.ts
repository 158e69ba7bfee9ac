import type { AwsStage } from './account.js';
import { BLOCK_SHOWS } from './block-shows.js';
import { DOMAIN_SHOWS } from './domain-shows.js';
import { FILTER_SHOWS } from './filter-shows.js';
import { LIMIT_SHOWS } from './limit-shows.js';
import { LINK_SHOWS } from './link-shows.js';
import { OTHER_SHOWS } from './other-shows.js';
import { TARGET_SHOWS } from './target-shows.js';
import { BALANCER_SHOWS } from './balancer-shows.js';
import { CONNECTION_SHOWS } from './connection-shows.js';
import { AWS_LIVE_ROUTES } from '../live-route-shows.js';
import { REST_SHOWS } from './rest-shows.js';
import { ROUTE_SHOWS } from './route-shows.js';
import type { Show } from '../show.js';

/** Every show on the simulated AWS. */
export const AWS_SHOWS: readonly Show<AwsStage>[] = [
  ...LINK_SHOWS,
  ...LIMIT_SHOWS,
  ...TARGET_SHOWS,
  ...BLOCK_SHOWS,
  ...ROUTE_SHOWS,
  ...FILTER_SHOWS,
  ...CONNECTION_SHOWS,
  ...BALANCER_SHOWS,
  ...OTHER_SHOWS,
  ...REST_SHOWS,
  ...DOMAIN_SHOWS,
  ...AWS_LIVE_ROUTES,
];
