import type { WingTraits } from '../../client/wings.js';
import { INSTANCE_RETIREMENT } from '../cloud/retirement.js';
import { GROUP_MOVE_TRAITS } from '../moves/traits.js';

/** What is known of API Gateway (Traditional) before the first call. It ends: the driver says so. */
export const traditional: WingTraits = {
  retirement: INSTANCE_RETIREMENT,
  links: ['integration-instance', 'dedicated-instance'],
  gateways: ['api-group'],
  moves: { 'api-group': GROUP_MOVE_TRAITS },
};
