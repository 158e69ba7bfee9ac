import { CLOUDS } from '../../../core/test/clouds.js';
import type { Snapshot } from '@postern/core/internal/library';
import { planner as alibaba } from '@postern/alibaba/planner';
import { planner as aws } from '@postern/aws/planner';
import { advise, type Advice, type Needs } from '@postern/core/internal/planner';

/** The options of both clouds for needs. */
export function advised(needs: Needs, snapshot?: Snapshot, more: { readonly now?: number } = {}): Advice {
  return advise(needs, { clouds: CLOUDS, planners: [aws, alibaba], snapshot, ...more });
}
