import { INSTANCE_KEYS } from '../cloud/keys.js';

/** What a spec says of API Gateway (Traditional) alone. */
export const traditional = { linkKeys: INSTANCE_KEYS } as const;
