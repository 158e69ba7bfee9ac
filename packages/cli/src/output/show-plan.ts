import { planText, type Plan } from '@postern/core/internal/plan';
import { planFindingsText } from '@postern/core/internal/report';
import type { Io } from '../process/io.js';
import { painter } from './colors.js';
import { fitText } from './layout.js';

/** Of a longer plan, a part is shown. */
const MOST_STEPS = 100;

/** A plan as text, with the findings about what it changes. `full`: each step, however many there are. */
export function showPlan(io: Io, plan: Plan, full = false): void {
  const paint = painter(io);
  const width = io.stdout.columns;
  io.stdout.write(
    `${fitText(planText(plan, { paint, ...(full ? {} : { most: MOST_STEPS }) }), width)}${planFindingsText(plan, { paint, width })}`,
  );
}
