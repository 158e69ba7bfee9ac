import { GATEWAY_KEYS, SERVICE_TARGETS } from '../cloud/keys.js';

/** What a spec says of Cloud-native API Gateway alone. */
export const cloudNative = { linkKeys: GATEWAY_KEYS, targets: SERVICE_TARGETS } as const;
