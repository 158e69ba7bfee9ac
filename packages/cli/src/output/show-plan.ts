import type { Plan } from '@postern/core';
import { planText } from '@postern/core/plan';
import { planFindingsText } from '@postern/core/report';
import type { Io } from '../process/io.js';
import { painter } from './colors.js';
import { fitText } from './fit.js';

/** A plan as text, with the findings about what it changes. */
export function showPlan(io: Io, plan: Plan): void {
  const paint = painter(io);
  const width = io.stdout.columns;
  io.stdout.write(`${fitText(planText(plan, { paint }), width)}${planFindingsText(plan, { paint, width })}`);
}
