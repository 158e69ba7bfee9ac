import type { PlansOfCloud } from '@postern/core/internal/overlay';
import { cloudNativeActs } from '../plans/acts.js';
import { cloudNativeHeld } from '../plans/held.js';
import { apigRouteRow, gatewayRow, serviceRow } from '../plans/export.js';
import { gatewayRows, httpApiRows } from '../plans/rows.js';
import { serviceRows } from '../plans/services.js';
import { httpApiWords } from '../plans/setting-words.js';

const OPAQUE_TYPES: PlansOfCloud['terraform']['opaqueTypes'] = [['alicloud_apig', 'gateways', 'apig-http-api']];

/** What plans of other tools say of Cloud-native API Gateway. */
export const cloudNative = {
  rows: { ...gatewayRows, ...serviceRows, ...httpApiRows },
  opaqueTypes: OPAQUE_TYPES,
  acts: cloudNativeActs,
  held: cloudNativeHeld,
  settings: httpApiWords,
  exports: {
    links: { 'apig-gateway': gatewayRow },
    routes: { 'apig-http-api': [apigRouteRow] },
    targets: { 'apig-service': serviceRow },
  },
};
