import { explain } from '../checks/explain.js';
import { check } from '../checks/run.js';
import type { Judge } from '../../do/plan/judge.js';
import { givenSpec } from '../../do/input/given-spec.js';
import { parseIgnoredFindings } from './ignored-findings.js';
import { judgePart } from './judge-plan.js';
import { refuseFindings } from './refuse-findings.js';

const ignored: Judge['ignored'] = (texts, spec) =>
  texts.length === 0 ? [] : parseIgnoredFindings(texts, givenSpec('ignoreFindings', spec).clouds);

/** All checks of this package: the `judge` of `PrivateIntegrations` and of `apply`. */
export const judge: Judge = { check, explain, ignored, judge: judgePart, refuse: refuseFindings };
