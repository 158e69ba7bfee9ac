import type { WingTraits } from '../../gateways/wings.js';
import { REST_MOVE_TRAITS, STAGE_SHIFT_TRAITS } from '../moves/traits.js';

/** What is known of REST APIs before the first call. */
export const restApis: WingTraits = {
  gateways: ['rest-api'],
  moves: { 'rest-api': REST_MOVE_TRAITS, 'rest-api stage': STAGE_SHIFT_TRAITS },
};
