import type { AlibabaStage } from './account.js';
import { BLOCK_SHOWS } from './block-shows.js';
import { GATEWAY_SHOWS } from './gateway-shows.js';
import { LINK_SHOWS } from './link-shows.js';
import { ALIBABA_LIVE_ROUTES } from '../live-route-shows.js';
import { FILTER_SHOWS } from './filter-shows.js';
import { WAY_SHOWS } from './way-shows.js';
import type { Show } from '../show.js';

/** Every show on the simulated Alibaba Cloud. */
export const ALIBABA_SHOWS: readonly Show<AlibabaStage>[] = [
  ...LINK_SHOWS,
  ...GATEWAY_SHOWS,
  ...BLOCK_SHOWS,
  ...FILTER_SHOWS,
  ...WAY_SHOWS,
  ...ALIBABA_LIVE_ROUTES,
];
