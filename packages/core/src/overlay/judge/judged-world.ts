import type { CheckReport } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { Laid } from '../lay/lay-plan.js';
import type { LinkFinding } from './created-links.js';
import type { JudgedRoute } from './routes.js';

/** A snapshot as it is judged: with the spec of all that is in it. */
export interface JudgedWorld {
  readonly laid: Laid;
  readonly spec: Spec;
  readonly report: CheckReport;
  readonly routes: readonly JudgedRoute[];
  /** What the cloud refuses about links that the plan creates. */
  readonly links: readonly LinkFinding[];
}
