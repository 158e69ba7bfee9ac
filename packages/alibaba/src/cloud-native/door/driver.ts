import type { WingTraits } from '../../client/wings.js';
import { ROUTE_SHIFT_TRAITS } from '../moves/traits.js';

/** What is known of Cloud-native API Gateway before the first call. */
export const cloudNative: WingTraits = {
  links: ['apig-gateway'],
  gateways: ['apig-http-api'],
  moves: { 'apig-http-api route': ROUTE_SHIFT_TRAITS },
};
