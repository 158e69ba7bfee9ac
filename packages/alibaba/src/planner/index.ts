import { definePlanner } from '@postern/core/internal/planner';
import { cloudNative } from '../cloud-native/door/planner.js';
import { traditional } from '../traditional/door/planner.js';

/** What `advise` knows of Alibaba Cloud. */
export const planner = definePlanner({
  cloud: 'alibaba',
  options: [...traditional.options, ...cloudNative.options],
  // PrivateLink of Alibaba Cloud; no page says how links reach backends of another account by it [U].
  otherAccounts: { hop: 'PrivateLink endpoint' },
});
