import type { Snapshot } from '@postern/core/internal/library';
import { planner as alibaba } from '@postern/alibaba/planner';
import { planner as aws } from '@postern/aws/planner';
import { advise, adviceText, needsOfSpec } from '@postern/core/internal/planner';
import { parseNeedsOrSpec, parseSpec } from '@postern/core/internal/spec';
import { CLOUDS } from '../clouds.js';
import { linesOf, paint, UNBROKEN } from '../painted.js';
import type { Answer } from '../answer.js';

/** The options for needs, or for those that a spec shows, with what they cost. */
export function adviseAnswer(text: string, snapshot: Snapshot | undefined, now: number): Omit<Answer, 'marks'> {
  const file = 'postern.yaml';
  const parsed = parseNeedsOrSpec(text, { clouds: CLOUDS, file });
  const needs =
    'needs' in parsed ? parsed.needs : needsOfSpec(parseSpec(text, { file, clouds: CLOUDS }), { clouds: CLOUDS });
  const { options } = advise(needs, {
    clouds: CLOUDS,
    planners: [aws, alibaba],
    snapshot,
    now: snapshot === undefined ? now : undefined,
  });
  const fitting = options.filter(({ fits }) => fits === 'yes');
  const [first] = fitting;
  const count = `${fitting.length} of ${options.length} options ${fitting.length === 1 ? 'fits' : 'fit'}`;
  return {
    sentence: `Advise: ${count}${first === undefined ? '' : `; the first is ${first.id}`}.`,
    tone: first === undefined ? 'bad' : 'good',
    lines: linesOf(adviceText({ version: 1, options }, { paint, width: UNBROKEN })),
  };
}
