import { explain } from '../checks/explain.js';
import { check } from '../checks/run.js';
import type { Judge } from '../../do/plan/judge.js';
import { parseIgnoredFindings } from './ignored-findings.js';
import { judgePart } from './judge-plan.js';
import { refuseFindings } from './refuse-findings.js';

/** All checks of this package: the `judge` of `PrivateIntegrations` and of `apply`. */
export const judge: Judge = { check, explain, ignored: parseIgnoredFindings, judge: judgePart, refuse: refuseFindings };
