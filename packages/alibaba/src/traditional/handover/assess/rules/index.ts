import type { HandoverRule } from '../rule.js';
import { backendKindRules } from './backend-kinds.js';
import { backendRules } from './backends.js';
import { callerRules } from './callers.js';
import { domainRules } from './domains.js';
import { groupRules } from './group.js';
import { networkRules } from './network.js';
import { parameterRules } from './parameters.js';
import { pathRules } from './paths.js';
import { pluginRules } from './plugins.js';
import { stageRules } from './stages.js';
import { targetRules } from './targets.js';
import { throttleRules } from './throttles.js';
import { wordRules } from './words.js';

/** All rows of the mapping from the classic service to APIG, in the order of reports. */
export const HANDOVER_RULES: readonly HandoverRule[] = [
  ...groupRules,
  ...stageRules,
  ...pathRules,
  ...backendRules,
  ...backendKindRules,
  ...parameterRules,
  ...callerRules,
  ...throttleRules,
  ...pluginRules,
  ...wordRules,
  ...domainRules,
  ...networkRules,
  ...targetRules,
];
