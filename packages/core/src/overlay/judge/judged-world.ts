import type { CheckReport } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { Laid } from '../lay/laid.js';
import type { Destinations } from './moved-calls.js';
import type { JudgedRoute } from './routes.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';

/** A snapshot as it is judged: with the spec of all that is in it. */
export interface JudgedWorld {
  readonly laid: Laid;
  readonly spec: Spec;
  /** Those of the plan's types. */
  readonly clouds: Clouds;
  readonly report: CheckReport;
  readonly routes: readonly JudgedRoute[];
  /** Where the calls of a route go. Undefined: no target of the spec serves it. */
  readonly destinations: (route: Pick<JudgedRoute, 'gatewayId' | 'key'>) => Destinations | undefined;
}
