import { ranked } from '@postern/core/internal/checks';
import type { ChecksOfCloud } from '@postern/core/internal/kinds';
import { cloudNative } from '../../cloud-native/door/checks.js';
import { traditional } from '../../traditional/door/checks.js';
import { ALIBABA_MOVE_TEXTS } from '../move-texts.js';
import { targetAccessList, targetIntranet } from './access-list.js';
import { instanceRunning } from './instance-running.js';
import { remarks } from './remarks.js';

/** The checks of the products of Alibaba Cloud. Their ranks are places among those of core. */
const alibabaChecks = ranked({
  480: instanceRunning,
  490: targetIntranet,
  600: targetAccessList,
  ...traditional.checks,
  ...cloudNative.checks,
});

export const checks: ChecksOfCloud = {
  checks: alibabaChecks,
  moveChecks: { ...traditional.moveChecks },
  moveTexts: ALIBABA_MOVE_TEXTS,
  remarks,
};
