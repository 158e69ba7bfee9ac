import type { Refusals } from '@postern/core/overlay';
import { backendRefusals } from './backends.js';
import { blockRefusals } from './blocks.js';
import { listenerRefusals } from './listeners.js';
import { routeRefusals } from './routes.js';
import { ruleRefusals } from './rules.js';

/** What Alibaba Cloud refuses by the values of resources. */
export const refused: readonly Refusals[] = [
  ...blockRefusals,
  ...ruleRefusals,
  ...routeRefusals,
  ...backendRefusals,
  ...listenerRefusals,
];
